// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "imaging/registration.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardPair;
using datasets::BoardPairSettings;
using datasets::SampleBoard;
using imaging::Modality;
using imaging::Point;
using imaging::register_to_reference;
using imaging::Registration;

namespace {

// Units of one design differ by 0.03 mm, a third of a pixel of these small pictures; the plane itself is known to this,
// in sample pixels, over the whole board and outwards to its corners.
constexpr double kMedianError_px = 0.3;
constexpr double kP95Error_px = 0.7;

BoardPairSettings small_pair() {
  BoardPairSettings settings;
  settings.megapixels = 0.6;
  return settings;
}

Registration registered(const BoardPair& pair) {
  return register_to_reference(pair.reference, pair.sample, pair.modality);
}

struct Errors {
  double median_px = 1e9;
  double p95_px = 1e9;
};

Errors errors_of(const Registration& registration, const std::vector<datasets::PointPair>& points) {
  std::vector<double> errors;
  for (const datasets::PointPair& point : points) {
    errors.push_back((to_sample(registration.plane, point.in_reference) - point.in_sample).norm());
  }
  std::sort(errors.begin(), errors.end());
  return {errors.at(errors.size() / 2), errors.at(errors.size() * 95 / 100)};
}

void check_points(const Registration& registration, const BoardPair& pair, double tolerance = 1) {
  CAPTURE(registration.reason, registration.inliers);
  REQUIRE(registration.ok());
  CHECK(registration.reason.empty());
  const Errors errors = errors_of(registration, pair.points);
  CHECK(errors.median_px < tolerance * kMedianError_px);
  CHECK(errors.p95_px < tolerance * kP95Error_px);
}

}  // namespace

TEST_CASE("a board at another scale is registered, both ways", "[imaging][registration][long]") {
  BoardPairSettings settings = small_pair();
  settings.megapixels = 1;
  settings.severity = datasets::Severity::easy;
  settings.scale = GENERATE(0.25, 0.5);
  CAPTURE(settings.scale);
  BoardPair pair = make_board_pair(settings, 22);
  const Registration shrunk = registered(pair);
  check_points(shrunk, pair);
  CHECK(shrunk.scale == Approx(settings.scale).epsilon(0.06));
  std::swap(pair.reference, pair.sample);
  for (datasets::PointPair& point : pair.points) {
    std::swap(point.in_reference, point.in_sample);
  }
  const Registration enlarged = registered(pair);
  // The error is counted in pixels of the larger picture now, and comes from those of the smaller.
  check_points(enlarged, pair, 1 / settings.scale);
  CHECK(enlarged.scale == Approx(1 / settings.scale).epsilon(0.06));
}

TEST_CASE("a board seen at a slant is registered", "[imaging][registration][long]") {
  BoardPairSettings settings = small_pair();
  settings.tilt_deg = 25;
  const BoardPair pair = make_board_pair(settings, 24);
  const Registration registration = registered(pair);
  check_points(registration, pair);
  // The angle is read off the foreshortening in the middle, and the reference itself is tilted by up to 1.5 degrees.
  CHECK(registration.tilt_deg == Approx(25).margin(4));
}

TEST_CASE("a board full of tall parts is registered at a slant", "[imaging][registration][long]") {
  BoardPairSettings settings = small_pair();
  settings.style =
      GENERATE(datasets::BoardStyle::server, datasets::BoardStyle::network_switch, datasets::BoardStyle::through_hole);
  settings.tilt_deg = 25;
  const BoardPair pair = make_board_pair(settings, 24);
  // Most of the board lies behind something, and what is seen of it at a slant is as narrow as its pixels.
  check_points(registered(pair), pair, 1.7);
}

TEST_CASE("what stands on the board is displaced upwards along the parallax", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.tilt_deg = 20;
  const Registration registration = registered(make_board_pair(settings, 24));
  REQUIRE(registration.ok());
  REQUIRE(registration.parallax.known);
  REQUIRE(registration.parallax.upward_known);
  int tall = 0;
  int up = 0;
  for (const imaging::PlaceHeight& height : registration.heights) {
    CHECK(height.deviation_px > 0);
    if (height.on_board < 0.05 && height.displacement_px.norm() > 3) {
      const Point direction = direction_at(registration.parallax, to_sample(registration.plane, height.reference));
      ++tall;
      up += direction.dot(height.displacement_px) > 0 ? 1 : 0;
    }
  }
  REQUIRE(tall > 30);
  CHECK(up > 0.9 * tall);
}

TEST_CASE("other lights do not matter", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.severity = datasets::Severity::hard;
  const BoardPair pair = make_board_pair(settings, 24);
  check_points(registered(pair), pair);
}

TEST_CASE("in another room, by another camera, a board is registered", "[imaging][registration][long]") {
  BoardPairSettings settings = small_pair();
  settings.severity = datasets::Severity::hard;
  const BoardPair pair = make_board_pair(settings, 25);
  check_points(registered(pair), pair, 1.3);  // few details of a small picture are seen alike in both
}

TEST_CASE("a picture of part of the board is registered and its overlap is known", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.part_view = true;
  const BoardPair pair = make_board_pair(settings, 27);
  const Registration registration = registered(pair);
  check_points(registration, pair);
  CHECK(registration.overlap > 0.2);
  CHECK(registration.overlap < 0.75);
}

TEST_CASE("an X-ray is registered", "[imaging][registration]") {
  BoardPairSettings settings = small_pair();
  settings.modality = Modality::xray;
  const BoardPair pair = make_board_pair(settings, 28);
  check_points(registered(pair), pair);
}

TEST_CASE("a tilted X-ray lies on the front's copper, not between the board's layers",
          "[imaging][registration][long]") {
  BoardPairSettings settings;
  settings.megapixels = 2;
  settings.modality = Modality::xray;
  settings.tilt_deg = 4;  // 1.4 px between the front and the middle of the vias
  const BoardPair pair = make_board_pair(settings, 850);
  const Registration registration = registered(pair);
  REQUIRE(registration.ok());
  CHECK(errors_of(registration, pair.points).p95_px < 0.25);
}

TEST_CASE("another board is refused", "[imaging][registration][long]") {
  BoardPairSettings settings = small_pair();
  settings.sample_board = GENERATE(SampleBoard::other_design, SampleBoard::other_side);
  const std::uint64_t seed = GENERATE(32U, 33U);
  CAPTURE(seed);
  const Registration registration = registered(make_board_pair(settings, seed));
  CAPTURE(settings.sample_board == SampleBoard::other_side, registration.inliers, registration.overlap,
          registration.tilt_deg, registration.scale);
  CHECK_FALSE(registration.ok());
  CHECK_FALSE(registration.reason.empty());
}
