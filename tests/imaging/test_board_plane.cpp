// SPDX-License-Identifier: Apache-2.0
// Two pinhole cameras above a flat board with parts of known height: the geometry alone, without pictures.
#include "imaging/base/random.h"
#include "imaging/board_plane.h"
#include "imaging/find_parallax.h"
#include "imaging/flat_layers.h"
#include "imaging/plane_fit.h"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace imaging = boarddiff::imaging;
using imaging::direction_at;
using imaging::displacement;
using imaging::Parallax;
using imaging::PlaceMatch;
using imaging::PlaneMap;
using imaging::Point;
using imaging::Random;

namespace {

const cv::Size kSize(1600, 1200);

struct Camera {
  Eigen::Matrix3d turn = Eigen::Matrix3d::Identity();
  double distance_mm = 300;

  // Board millimetres about the middle, heights towards the camera, to pixels.
  [[nodiscard]] Point pixel_of(const Point& at_mm, double height_mm) const {
    const Eigen::Vector3d seen =
        turn * Eigen::Vector3d(at_mm.x(), at_mm.y(), -height_mm) + Eigen::Vector3d(0, 0, distance_mm);
    return Point(799.5, 599.5) + 2200 * seen.hnormalized();
  }
};

Camera tilted(double degrees, double axis_degrees) {
  const double axis = axis_degrees * std::numbers::pi / 180;
  return {.turn =
              Eigen::AngleAxisd(degrees * std::numbers::pi / 180, Eigen::Vector3d(std::cos(axis), std::sin(axis), 0))
                  .toRotationMatrix()};
}

struct Scene {
  std::vector<PlaceMatch> matches = {};
  std::vector<double> heights_mm = {};
  PlaneMap board = {};  // the truth
  PlaneMap tops = {};   // of parts of 8 mm
};

PlaneMap plane_at(const Camera& reference, const Camera& sample, double height_mm) {
  std::vector<imaging::WeightedPair> pairs;
  for (int y = -60; y <= 60; y += 20) {
    for (int x = -80; x <= 80; x += 20) {
      pairs.push_back({.pair = {reference.pixel_of(Point(x, y), height_mm), sample.pixel_of(Point(x, y), height_mm)}});
    }
  }
  const PlaneMap start = imaging::plane_of(
      (imaging::PlaneUnknowns() << 1, 0, 0, 0, 1, 0, 0, 0, Eigen::Matrix<double, 18, 1>::Zero()).finished(), kSize,
      kSize);
  return imaging::fit_plane(pairs, start, kSize, kSize, {.with_lens = false, .with_residual = false});
}

// `raised` of the places stand on parts of 8 mm, some on others of any height; noise of 0.1 px.
Scene scene_of(const Camera& sample, double raised, std::uint64_t seed) {
  const Camera reference;
  Random random(seed);
  Scene scene{.board = plane_at(reference, sample, 0), .tops = plane_at(reference, sample, 8)};
  for (int i = 0; i < 700; ++i) {
    const Point at_mm(random.uniform(-80, 80), random.uniform(-60, 60));
    const double height = random.chance(raised) ? 8 : (random.chance(0.3) ? random.uniform(0.5, 12) : 0);
    PlaceMatch match{.found = true, .reference = reference.pixel_of(at_mm, height)};
    match.sample = sample.pixel_of(at_mm, height) + 0.1 * Point(random.normal(), random.normal());
    match.covariance = 0.01 * Eigen::Matrix2d::Identity();
    match.likeness = 0.9;
    scene.matches.push_back(match);
    scene.heights_mm.push_back(height);
  }
  return scene;
}

double worst_px(const PlaneMap& a, const PlaneMap& b) {
  double worst = 0;
  for (int y = 200; y <= 1000; y += 100) {
    for (int x = 200; x <= 1400; x += 100) {
      worst = std::max(worst, (to_sample(a, Point(x, y)) - to_sample(b, Point(x, y))).norm());
    }
  }
  return worst;
}

Parallax parallax_of(const Scene& scene, const PlaneMap& plane) {
  return with_upward(find_parallax(scene.matches, plane, 1, 1), plane, kSize, kSize);
}

}  // namespace

TEST_CASE("parallax is found, and which way is up, whichever way the camera tilts", "[imaging][parallax]") {
  const double axis_deg = GENERATE(0.0, 70.0, 135.0, 250.0);
  const double tilt_deg = GENERATE(8.0, 25.0);
  CAPTURE(axis_deg, tilt_deg);
  const Scene scene = scene_of(tilted(tilt_deg, axis_deg), 0.2, 1);
  const Parallax parallax = parallax_of(scene, scene.board);
  REQUIRE(parallax.known);
  REQUIRE(parallax.upward_known);
  for (std::size_t i = 0; i < scene.matches.size(); ++i) {
    const auto moved = displacement(parallax, scene.board, scene.matches[i]);
    CHECK(std::abs(moved.across_px) < 0.6);  // noise of 0.1 px and the epipole's own error
    if (scene.heights_mm[i] > 2) {
      CHECK(moved.along_px > 0);
    }
  }
}

TEST_CASE("places without heights show no parallax", "[imaging][parallax]") {
  Scene scene = scene_of(tilted(10, 30), 0, 2);
  std::erase_if(scene.matches, [&](const PlaceMatch& match) {
    return (match.sample - to_sample(scene.board, match.reference)).norm() > 1;
  });
  CHECK_FALSE(find_parallax(scene.matches, scene.board, 1, 1).known);
}

TEST_CASE("of two layers the lower is the board, even where most places lie on the upper", "[imaging][board_plane]") {
  const Scene scene = scene_of(tilted(20, GENERATE(10.0, 200.0)), 0.65, 3);
  REQUIRE(worst_px(scene.tops, scene.board) > 10);
  const Parallax parallax = parallax_of(scene, scene.tops);
  REQUIRE(parallax.upward_known);
  const PlaneMap lowest = on_lowest_layer(scene.matches, scene.tops, parallax, 1, 1);
  CHECK(worst_px(lowest, scene.board) < 1);
}

TEST_CASE("another layer of the board is told from the board shifted by a period of its pattern",
          "[imaging][board_plane]") {
  const Scene scene = scene_of(tilted(20, GENERATE(10.0, 200.0)), 0.3, 3);
  const Parallax parallax = parallax_of(scene, scene.board);
  REQUIRE(parallax.upward_known);
  const imaging::LayerBounds bounds{.near_px = 3, .tallest_px = 40};
  CHECK(is_other_layer(scene.tops, scene.board, parallax, kSize, bounds));
  // Nothing of the scene lies below the board.
  CHECK_FALSE(is_other_layer(scene.board, scene.tops, parallax, kSize, bounds));
  const Point along = direction_at(parallax, Point(800, 600));
  const auto shifted = [&](const Point& way) {
    PlaneMap map = scene.board;
    map.sample_from_reference =
        (Eigen::Matrix3d() << 1, 0, way.x(), 0, 1, way.y(), 0, 0, 1).finished() * map.sample_from_reference;
    return map;
  };
  CHECK(is_other_layer(shifted(15 * along), scene.board, parallax, kSize, bounds));
  CHECK_FALSE(is_other_layer(shifted(-15 * along), scene.board, parallax, kSize, bounds));
  CHECK_FALSE(is_other_layer(shifted(15 * Point(-along.y(), along.x())), scene.board, parallax, kSize, bounds));
  CHECK_FALSE(is_other_layer(shifted(60 * along), scene.board, parallax, kSize, bounds));
  CHECK_FALSE(is_other_layer(scene.tops, scene.board, Parallax(), kSize, bounds));
}

TEST_CASE("the plane settles on the board to a tenth of a pixel under its parts", "[imaging][board_plane]") {
  const Scene scene = scene_of(tilted(15, 40), 0.3, 4);
  PlaneMap start = scene.board;
  start.sample_from_reference(0, 2) += 2;
  const Parallax parallax = parallax_of(scene, start);
  REQUIRE(parallax.known);
  const auto settled = settle_plane(scene.matches, start, parallax, kSize, kSize, {.start_px = 3});
  CHECK(worst_px(settled.map, scene.board) < 0.1);
  CHECK(settled.noise_px == Approx(0.1).margin(0.05));
  for (std::size_t i = 0; i < scene.matches.size(); ++i) {
    CHECK((scene.heights_mm[i] == 0 ? settled.on_plane[i] > 0.2 : settled.on_plane[i] < 0.5));
  }
}

TEST_CASE("mismatches do not pull the plane", "[imaging][board_plane]") {
  Scene scene = scene_of(tilted(3, 90), 0, 5);
  Random random(6);
  for (std::size_t i = 0; i < scene.matches.size(); i += 4) {
    scene.matches[i].sample += Point(random.uniform(-20, 20), random.uniform(-20, 20));
  }
  const auto settled = settle_plane(scene.matches, scene.board, {}, kSize, kSize, {.start_px = 3});
  CHECK(worst_px(settled.map, scene.board) < 0.15);
}
