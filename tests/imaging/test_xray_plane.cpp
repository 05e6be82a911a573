// SPDX-License-Identifier: Apache-2.0
// Two views of a board as X-rays show it: its layers on top of each other. The geometry alone, without pictures.
#include "imaging/base/random.h"
#include "imaging/board_plane.h"
#include "imaging/epipolar_fit.h"
#include "imaging/plane_fit.h"
#include "imaging/xray_plane.h"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace imaging = boarddiff::imaging;
using imaging::front_plane;
using imaging::PlaceMatch;
using imaging::PlaneMap;
using imaging::Point;
using imaging::Random;

namespace {

const cv::Size kSize(1600, 1200);
constexpr double kFar_px = 5;

// A source above the board, heights towards it; ten pixels a millimetre.
struct View {
  Eigen::Matrix3d turn = Eigen::Matrix3d::Identity();

  [[nodiscard]] Point pixel_of(const Point& at_mm, double height_mm) const {
    const Eigen::Vector3d seen = turn * Eigen::Vector3d(at_mm.x(), at_mm.y(), -height_mm) + Eigen::Vector3d(0, 0, 500);
    return Point(799.5, 599.5) + 5000 * seen.hnormalized();
  }
};

View tilted(double degrees, double axis_degrees) {
  const double axis = axis_degrees * std::numbers::pi / 180;
  return {Eigen::AngleAxisd(degrees * std::numbers::pi / 180, Eigen::Vector3d(std::cos(axis), std::sin(axis), 0))
              .toRotationMatrix()};
}

PlaneMap plane_at(const View& sample, double height_mm) {
  std::vector<imaging::WeightedPair> pairs;
  for (int y = -60; y <= 60; y += 20) {
    for (int x = -80; x <= 80; x += 20) {
      pairs.push_back({.pair = {View{}.pixel_of(Point(x, y), height_mm), sample.pixel_of(Point(x, y), height_mm)}});
    }
  }
  const PlaneMap start = imaging::plane_of(
      (imaging::PlaneUnknowns() << 1, 0, 0, 0, 1, 0, 0, 0, Eigen::Matrix<double, 18, 1>::Zero()).finished(), kSize,
      kSize);
  return imaging::fit_plane(pairs, start, kSize, kSize, {.with_lens = false, .with_residual = false});
}

// How the places are shared out; the rest lies at any height.
struct Layers {
  double front = 0.3;    // pads and tracks
  double barrels = 0.3;  // in the middle of 1.6 mm
  double sockets = 0;    // 3 mm high, together at one end of the board
};

std::vector<PlaceMatch> places_of(const View& sample, const Layers& layers, std::uint64_t seed) {
  Random random(seed);
  std::vector<PlaceMatch> matches;
  for (int i = 0; i < 2000; ++i) {
    Point at_mm(random.uniform(-75, 75), random.uniform(-55, 55));
    const double draw = random.uniform(0, 1);
    double height = random.uniform(-3, 4);
    if (draw < layers.front) {
      height = 0;
    } else if (draw < layers.front + layers.barrels) {
      height = -0.8;
    } else if (draw < layers.front + layers.barrels + layers.sockets) {
      height = 3;
      at_mm.x() = random.uniform(35, 75);
    }
    PlaceMatch match{.found = true, .reference = View{}.pixel_of(at_mm, height)};
    match.sample = sample.pixel_of(at_mm, height) + 0.1 * Point(random.normal(), random.normal());
    match.covariance = 0.01 * Eigen::Matrix2d::Identity();
    match.likeness = 0.9;
    matches.push_back(match);
  }
  return matches;
}

// What all places together have the board's plane for.
PlaneMap plane_of_all(const std::vector<PlaceMatch>& matches, const View& sample) {
  return settle_plane(matches, plane_at(sample, -0.4), {}, kSize, kSize,
                      {.start_px = 1.5, .prior = {.with_lens = false, .with_residual = false}})
      .map;
}

double worst_px(const PlaneMap& a, const PlaneMap& b) {
  double worst = 0;
  for (int y = 100; y <= 1100; y += 100) {
    for (int x = 100; x <= 1500; x += 100) {
      worst = std::max(worst, (to_sample(a, Point(x, y)) - to_sample(b, Point(x, y))).norm());
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("of an X-ray's layers the front's copper is the board, whichever way it tilts", "[imaging][xray_plane]") {
  const View sample = tilted(5, GENERATE(0.0, 70.0, 200.0, 310.0));  // layers 0.7 px apart
  const auto matches = places_of(sample, {}, 1);
  const PlaneMap start = plane_of_all(matches, sample);
  REQUIRE(worst_px(start, plane_at(sample, 0)) > 0.3);
  const auto front = front_plane(matches, start, kSize, kSize, kFar_px);
  REQUIRE(front);
  CHECK(worst_px(front->map, plane_at(sample, 0)) < 0.1);
  CHECK(front->noise_px == Approx(0.1).margin(0.03));
}

TEST_CASE("the front's copper is found with fewer places than the barrels", "[imaging][xray_plane]") {
  const View sample = tilted(5, 30);
  const auto matches = places_of(sample, {.front = 0.25, .barrels = 0.35}, 2);
  const auto front = front_plane(matches, plane_of_all(matches, sample), kSize, kSize, kFar_px);
  REQUIRE(front);
  CHECK(worst_px(front->map, plane_at(sample, 0)) < 0.1);
}

TEST_CASE("sockets in one part of a board are not its front", "[imaging][xray_plane]") {
  const View sample = tilted(5, 120);
  const auto matches = places_of(sample, {.front = 0.3, .barrels = 0.25, .sockets = 0.25}, 3);
  const auto front = front_plane(matches, plane_of_all(matches, sample), kSize, kSize, kFar_px);
  REQUIRE(front);
  CHECK(worst_px(front->map, plane_at(sample, 0)) < 0.1);
}

TEST_CASE("one layer alone is left to the fit before", "[imaging][xray_plane]") {
  const View sample = tilted(5, 120);
  const auto matches = places_of(sample, {.front = 0.6, .barrels = 0}, 4);
  CHECK_FALSE(front_plane(matches, plane_at(sample, 0), kSize, kSize, kFar_px));
}

TEST_CASE("layers nearer to each other than places are known are left to the fit before", "[imaging][xray_plane]") {
  const View sample = tilted(0.3, 120);  // 0.04 px
  const auto matches = places_of(sample, {}, 5);
  CHECK_FALSE(front_plane(matches, plane_of_all(matches, sample), kSize, kSize, kFar_px));
}

TEST_CASE("the direction of parallax is found from displacements of a pixel", "[imaging][xray_plane]") {
  const double axis_deg = GENERATE(0.0, 70.0, 200.0);
  const View sample = tilted(5, axis_deg);
  const auto matches = places_of(sample, {}, 6);
  const auto fit = imaging::fit_epipolar(matches, plane_at(sample, -0.4), kSize, kSize, kFar_px);
  REQUIRE(fit.parallax.known);
  const Point middle(799.5, 599.5);
  const Point moved = sample.pixel_of(Point(0, 0), 1) - sample.pixel_of(Point(0, 0), 0);
  CHECK(std::abs(direction_at(fit.parallax, middle).dot(moved.normalized())) > std::cos(0.05));
}

TEST_CASE("no direction of parallax is made up from a few places", "[imaging][xray_plane]") {
  const View sample = tilted(5, 0);
  auto matches = places_of(sample, {}, 7);
  matches.resize(50);
  CHECK_FALSE(imaging::fit_epipolar(matches, plane_at(sample, 0), kSize, kSize, kFar_px).parallax.known);
  CHECK_FALSE(front_plane(matches, plane_at(sample, 0), kSize, kSize, kFar_px));
}
