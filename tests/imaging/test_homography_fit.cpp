// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/homography_fit.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

using boarddiff::imaging::apply;
using boarddiff::imaging::fit_homography;
using boarddiff::imaging::fit_plane_map;
using boarddiff::imaging::HomographyFit;
using boarddiff::imaging::PlaneMap;
using boarddiff::imaging::Point;
using boarddiff::imaging::PointPair;
using boarddiff::imaging::Random;

namespace {

const cv::Size kReferenceSize(1200, 900);

Eigen::Matrix3d tilted_view() {
  Eigen::Matrix3d sample_from_reference;
  sample_from_reference << 0.9, -0.25, 240, 0.22, 0.85, 30, 8e-5, -4e-5, 1;
  return sample_from_reference;
}

Point somewhere(Random& random) { return {random.uniform(0, 1200), random.uniform(0, 900)}; }

std::vector<PointPair> plane_pairs(int count, double noise_px, Random& random) {
  std::vector<PointPair> pairs;
  for (int i = 0; i < count; ++i) {
    const Point at = somewhere(random);
    const Point noise = noise_px * Point(random.normal(), random.normal());
    pairs.push_back({at, apply(tilted_view(), at) + noise});
  }
  return pairs;
}

// The largest error over a grid of the whole reference.
double worst_error_px(const PlaneMap& map) {
  double worst = 0;
  for (int y = 0; y <= 900; y += 100) {
    for (int x = 0; x <= 1200; x += 100) {
      worst = std::max(worst, (to_sample(map, Point(x, y)) - apply(tilted_view(), Point(x, y))).norm());
    }
  }
  return worst;
}

Eigen::Matrix3d displaced(double x, double y) {
  Eigen::Matrix3d shift = Eigen::Matrix3d::Identity();
  shift(0, 2) = x;
  shift(1, 2) = y;
  return shift * tilted_view();
}

// Geman and McClure's cost, of which the fit is to be a minimum.
double robust_cost(const std::vector<PointPair>& pairs, const Eigen::Matrix3d& sample_from_reference, double scale_px) {
  double sum = 0;
  for (const PointPair& pair : pairs) {
    const double squared = (apply(sample_from_reference, pair.reference) - pair.sample).squaredNorm();
    sum += squared / (1 + squared / (scale_px * scale_px));
  }
  return sum;
}

}  // namespace

TEST_CASE("a homography is found among outliers", "[imaging][homography_fit]") {
  const std::uint64_t seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  Random random(seed);
  std::vector<PointPair> pairs = plane_pairs(150, 0.5, random);
  for (int i = 0; i < 150; ++i) {
    pairs.insert(pairs.begin() + 2 * i, {somewhere(random), somewhere(random)});
  }
  const auto fit = fit_homography(pairs, 3, seed);
  REQUIRE(fit.has_value());
  // Noise of 0.5 px stays within 3 px; an outlier of this picture falls there with a chance of 3e-5.
  CHECK(fit->inliers.size() >= 150);
  CHECK(fit->inliers.size() <= 152);
  CHECK(worst_error_px({.sample_from_reference = fit->sample_from_reference}) < 1);
}

TEST_CASE("pairs without a common view have few inliers", "[imaging][homography_fit]") {
  Random random(5);
  std::vector<PointPair> pairs;
  for (int i = 0; i < 300; ++i) {
    pairs.push_back({somewhere(random), somewhere(random)});
  }
  const auto fit = fit_homography(pairs, 3, 1);
  CHECK((!fit || fit->inliers.size() < 24));  // what registration asks for at least
}

TEST_CASE("three pairs are no homography", "[imaging][homography_fit]") {
  Random random(5);
  CHECK_FALSE(fit_homography(plane_pairs(3, 0, random), 3, 1).has_value());
  CHECK_FALSE(fit_homography({}, 3, 1).has_value());
}

TEST_CASE("the same pairs and seed give the same fit", "[imaging][homography_fit]") {
  Random random(9);
  const std::vector<PointPair> pairs = plane_pairs(100, 1, random);
  CHECK(fit_homography(pairs, 3, 4)->sample_from_reference == fit_homography(pairs, 3, 4)->sample_from_reference);
}

TEST_CASE("exact pairs are fitted exactly from a start that is pixels off", "[imaging][homography_fit]") {
  Random random(1);
  const PlaneMap map = fit_plane_map(plane_pairs(40, 0, random), displaced(4, -3), kReferenceSize, 10);
  CHECK(worst_error_px(map) < 1e-6);
}

TEST_CASE("the fit is a minimum of the robust cost", "[imaging][homography_fit]") {
  constexpr double kScale_px = 1;
  Random random(2);
  std::vector<PointPair> pairs = plane_pairs(50, 0.4, random);  // too few for a smooth residual
  const Eigen::Matrix3d fit =
      fit_plane_map(pairs, displaced(0.5, 0.5), kReferenceSize, kScale_px).sample_from_reference;
  const double least = robust_cost(pairs, fit, kScale_px);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      for (const double by : {-1e-5, 1e-5}) {
        Eigen::Matrix3d other = fit;
        other(row, column) += by * std::max(1e-3, std::abs(fit(row, column)));
        CAPTURE(row, column, by);
        CHECK(robust_cost(pairs, other, kScale_px) >= least - 1e-9);
      }
    }
  }
}

TEST_CASE("tall parts do not pull the plane", "[imaging][homography_fit]") {
  Random random(3);
  std::vector<PointPair> pairs = plane_pairs(240, 0.2, random);
  for (PointPair& pair : pairs) {
    // A quarter of the board is covered by parts that stand 6 px aside.
    if (pair.reference.x() > 700 && pair.reference.y() > 400) {
      pair.sample += Point(6, 2);
    }
  }
  const PlaneMap map = fit_plane_map(pairs, displaced(0.5, 0.2), kReferenceSize, 1);
  // Where pairs of the plane lie; under the parts the polynomial has nothing to hold on to.
  double worst = 0;
  for (int y = 50; y <= 850; y += 100) {
    for (int x = 50; x <= 650; x += 100) {
      worst = std::max(worst, (to_sample(map, Point(x, y)) - apply(tilted_view(), Point(x, y))).norm());
    }
  }
  CHECK(worst < 0.25);  // noise of 0.2 px over 180 pairs and 18 unknowns; plain least squares is off by pixels
}

TEST_CASE("the bend of a lens is left to the smooth residual", "[imaging][homography_fit]") {
  Random random(4);
  std::vector<PointPair> pairs;
  const auto bent = [](const Point& at) {
    const Point off = (at - Point(600, 450)) / 750;
    return Point(apply(tilted_view(), at) + 6 * off * off.squaredNorm());
  };
  for (int i = 0; i < 600; ++i) {
    const Point at = somewhere(random);
    pairs.push_back({at, bent(at)});
  }
  const PlaneMap map = fit_plane_map(pairs, tilted_view(), kReferenceSize, 2);
  const PlaneMap flat{.sample_from_reference = map.sample_from_reference};
  double worst = 0;
  double worst_flat = 0;
  for (int y = 50; y <= 850; y += 50) {
    for (int x = 50; x <= 1150; x += 50) {
      worst = std::max(worst, (to_sample(map, Point(x, y)) - bent(Point(x, y))).norm());
      worst_flat = std::max(worst_flat, (to_sample(flat, Point(x, y)) - bent(Point(x, y))).norm());
    }
  }
  CHECK(worst < 0.05);  // cubic polynomials describe this bend but for the ridge
  CHECK(worst_flat > 0.5);
}
