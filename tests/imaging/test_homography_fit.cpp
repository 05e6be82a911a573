// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/homography_fit.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

using boarddiff::imaging::apply;
using boarddiff::imaging::fit_homography;
using boarddiff::imaging::HomographyFit;
using boarddiff::imaging::plane_through;
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

TEST_CASE("the plane through exact inliers is their homography", "[imaging][homography_fit]") {
  Random random(1);
  const HomographyFit fit{.sample_from_reference = tilted_view(), .inliers = plane_pairs(40, 0, random)};
  CHECK(worst_error_px(plane_through(fit, kReferenceSize, {1300, 1000}, 3)) < 1e-6);
}
