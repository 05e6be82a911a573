// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"
#include "imaging/plane_fit.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using boarddiff::imaging::fit_plane;
using boarddiff::imaging::kPlaneUnknowns;
using boarddiff::imaging::plane_jacobian;
using boarddiff::imaging::plane_of;
using boarddiff::imaging::PlaneMap;
using boarddiff::imaging::PlaneUnknowns;
using boarddiff::imaging::Point;
using boarddiff::imaging::Random;
using boarddiff::imaging::to_sample;
using boarddiff::imaging::unknowns_of;
using boarddiff::imaging::WeightedPair;

namespace {

const cv::Size kReference(1600, 1200);
const cv::Size kSample(2000, 1500);

// A tilted view through two lenses, with a bow of some pixels.
PlaneUnknowns a_view() {
  PlaneUnknowns unknowns = PlaneUnknowns::Zero();
  unknowns.head<8>() << 0.8, -0.1, 0.05, 0.12, 0.78, -0.03, 0.06, -0.04;
  unknowns.segment<4>(8) << -0.02, 0.006, 0.015, -0.004;
  for (int term = 0; term < 14; ++term) {
    unknowns[12 + term] = 0.4 * term - 2.5;
  }
  return unknowns;
}

std::vector<WeightedPair> pairs_of(const PlaneMap& map, int count, double noise_px, Random& random) {
  std::vector<WeightedPair> pairs;
  for (int i = 0; i < count; ++i) {
    const Point at(random.uniform(0, 1600), random.uniform(0, 1200));
    const Point noise = noise_px * Point(random.normal(), random.normal());
    pairs.push_back({.pair = {at, to_sample(map, at) + noise}, .information = Eigen::Matrix2d::Identity() * 25});
  }
  return pairs;
}

double worst_px(const PlaneMap& a, const PlaneMap& b) {
  double worst = 0;
  for (int y = 0; y <= 1200; y += 100) {
    for (int x = 0; x <= 1600; x += 100) {
      worst = std::max(worst, (to_sample(a, Point(x, y)) - to_sample(b, Point(x, y))).norm());
    }
  }
  return worst;
}

PlaneMap straight_start() {
  PlaneUnknowns unknowns = a_view();
  unknowns.tail(kPlaneUnknowns - 8).setZero();
  unknowns[2] += 0.004;  // 5 px
  return plane_of(unknowns, kReference, kSample);
}

}  // namespace

TEST_CASE("the derivatives of a mapped point are those that differences give", "[imaging][plane_fit]") {
  const PlaneUnknowns unknowns = a_view();
  for (const Point& at : {Point(30, 40), Point(800, 600), Point(1550, 90), Point(200, 1150)}) {
    const auto jacobian = plane_jacobian(unknowns, at, kReference, kSample);
    for (int k = 0; k < kPlaneUnknowns; ++k) {
      constexpr double kStep = 1e-6;
      PlaneUnknowns more = unknowns;
      PlaneUnknowns less = unknowns;
      more[k] += kStep;
      less[k] -= kStep;
      const Point numeric =
          (to_sample(plane_of(more, kReference, kSample), at) - to_sample(plane_of(less, kReference, kSample), at)) /
          (2 * kStep);
      CAPTURE(k, at.x(), at.y());
      // Central differences of values near 1000 in double precision: seven digits.
      CHECK((jacobian.col(k) - numeric).norm() < 1e-4 * std::max(1.0, numeric.norm()));
    }
  }
}

TEST_CASE("a map and its unknowns are the same thing", "[imaging][plane_fit]") {
  const PlaneUnknowns back = unknowns_of(plane_of(a_view(), kReference, kSample), kReference, kSample);
  CHECK((back - a_view()).norm() < 1e-9);
}

TEST_CASE("exact pairs are fitted to a hundredth of a pixel, lenses and bow included", "[imaging][plane_fit]") {
  Random random(1);
  const PlaneMap truth = plane_of(a_view(), kReference, kSample);
  const PlaneMap fit = fit_plane(pairs_of(truth, 400, 0, random), straight_start(), kReference, kSample);
  // The prior pulls the lenses towards none; pairs of 0.2 px outweigh it but for this.
  CHECK(worst_px(fit, truth) < 0.05);
}

TEST_CASE("noise averages out over the pairs", "[imaging][plane_fit]") {
  Random random(2);
  const PlaneMap truth = plane_of(a_view(), kReference, kSample);
  const PlaneMap fit = fit_plane(pairs_of(truth, 1500, 0.3, random), straight_start(), kReference, kSample);
  // At the corners, where 26 unknowns have the least to hold on to: a hundredth of a pixel a pair in the middle, and up
  // to thirty times as much there.
  CHECK(worst_px(fit, truth) < 0.4);
}

TEST_CASE("without lenses and residual the fit is a homography", "[imaging][plane_fit]") {
  Random random(3);
  const PlaneMap truth = plane_of(a_view(), kReference, kSample);
  const PlaneMap fit = fit_plane(pairs_of(truth, 400, 0, random), straight_start(), kReference, kSample,
                                 {.with_lens = false, .with_residual = false});
  CHECK(fit.reference_lens.k.isZero());
  CHECK(fit.sample_lens.k.isZero());
  CHECK(fit.residual.shift_px.isZero());
  CHECK(worst_px(fit, truth) > 3);  // what lenses and bow do to the corners stays
}

TEST_CASE("what is not known in a direction does not pull in it", "[imaging][plane_fit]") {
  Random random(4);
  const PlaneMap truth = plane_of(a_view(), kReference, kSample);
  std::vector<WeightedPair> pairs = pairs_of(truth, 600, 0, random);
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    pairs[i].pair.sample.y() += 9;  // tall parts, displaced along y
    pairs[i].information(1, 1) = 0;
  }
  CHECK(worst_px(fit_plane(pairs, straight_start(), kReference, kSample), truth) < 0.1);
}

TEST_CASE("fewer than four pairs are a broken precondition", "[imaging][plane_fit]") {
  Random random(5);
  const PlaneMap truth = plane_of(a_view(), kReference, kSample);
  CHECK_THROWS(fit_plane(pairs_of(truth, 3, 0, random), truth, kReference, kSample));
}
