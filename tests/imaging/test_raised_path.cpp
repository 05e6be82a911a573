// SPDX-License-Identifier: Apache-2.0
#include "imaging/raised_path.h"

#include <catch2/catch.hpp>

using boarddiff::imaging::Point;
using boarddiff::imaging::raised_path;
using boarddiff::imaging::RaisedPath;
using boarddiff::imaging::Registration;

namespace {

// A sample turned by 90 degrees and twice as large, in which raised places move to the right.
Registration turned() {
  Registration registration;
  registration.plane.sample_from_reference << 0, -2, 800, 2, 0, 0, 0, 0, 1;
  registration.scale = 2;
  registration.parallax = {.known = true, .epipole_in_sample = {1, 0, 0}, .upward_known = true};
  for (int i = 0; i < 100; ++i) {
    registration.heights.push_back({.reference = Point(100, 100), .displacement_px = Point(i, 5)});
  }
  return registration;
}

}  // namespace

TEST_CASE("the path of raised places is seen in the reference's frame", "[imaging][raised_path]") {
  const RaisedPath path = raised_path(turned(), {200, 100}, 0.5);
  REQUIRE(path.known);
  CHECK(path.upward_known);
  CHECK(path.direction.size() == cv::Size(7, 4));
  for (const cv::Vec2f& way : path.direction) {
    CHECK(way[0] == Approx(0).margin(1e-6));
    CHECK(way[1] == Approx(-1));  // right in the sample is up in the reference
  }
}

TEST_CASE("the farthest place is in pixels of the pair, with a margin", "[imaging][raised_path]") {
  // 98 pixels of the sample are 49 of the reference and 24.5 of a pair of half the size.
  CHECK(raised_path(turned(), {200, 100}, 0.5).farthest_px == Approx(1.3 * 24.5).margin(0.4));
}

TEST_CASE("without parallax no path is known", "[imaging][raised_path]") {
  Registration registration = turned();
  registration.parallax.known = false;
  CHECK_FALSE(raised_path(registration, {200, 100}, 0.5).known);
}

TEST_CASE("a path is known without a measured height", "[imaging][raised_path]") {
  Registration registration = turned();
  registration.heights.clear();
  const RaisedPath path = raised_path(registration, {200, 100}, 0.5);
  CHECK(path.known);
  CHECK(path.farthest_px == 0);
}
