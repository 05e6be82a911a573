// SPDX-License-Identifier: Apache-2.0
#include "imaging/plane_map.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>
#include <numbers>
#include <stdexcept>

using boarddiff::imaging::Box;
using boarddiff::imaging::PlaneMap;
using boarddiff::imaging::Point;
using boarddiff::imaging::seen_in_reference;
using boarddiff::imaging::to_sample;
using boarddiff::imaging::warp_to_reference;

namespace {

PlaneMap shifted_by(double x, double y) {
  PlaneMap map;
  map.sample_from_reference << 1, 0, x, 0, 1, y, 0, 0, 1;
  return map;
}

// Turned by 20 degrees, shrunk to 0.8, tilted, and bent by a few pixels: what a telephone does to a board.
PlaneMap bent_view() {
  const double cosine = 0.8 * std::cos(std::numbers::pi / 9);
  const double sine = 0.8 * std::sin(std::numbers::pi / 9);
  PlaneMap map;
  map.sample_from_reference << cosine, -sine, 210, sine, cosine, 20, 1e-4, -5e-5, 1;
  map.residual.origin_in_reference = {399.5, 299.5};
  map.residual.half_side_px = 400;
  map.residual.shift_px << 0.5, 1, -1, 0, 0.5, 0, 2, 0, 2, 0,  //
      -0.5, 0, 1, 0.5, 0, 0, 0, 2, 0, 2;
  return map;
}

double wave(const Point& at) { return 0.5 + 0.25 * std::sin(at.x() / 9) + 0.25 * std::cos(at.y() / 11); }

cv::Mat1f wave_picture(const cv::Size& size) {
  cv::Mat1f picture(size);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      picture(y, x) = static_cast<float>(wave(Point(x, y)));
    }
  }
  return picture;
}

}  // namespace

TEST_CASE("the smooth residual is a displacement on top of the homography", "[imaging][plane_map]") {
  PlaneMap map = shifted_by(10, 0);
  map.residual.origin_in_reference = {100, 100};
  map.residual.half_side_px = 100;
  map.residual.shift_px(0, 0) = 1.5;  // constant, along x
  map.residual.shift_px(1, 4) = 2;    // x y, along y
  CHECK((to_sample(map, Point(100, 100)) - Point(111.5, 100)).norm() < 1e-12);
  CHECK((to_sample(map, Point(200, 150)) - Point(211.5, 151)).norm() < 1e-12);
}

TEST_CASE("the residual does not run away far outside the picture", "[imaging][plane_map]") {
  const PlaneMap map = bent_view();
  // Ten picture widths away cubic terms would reach thousands of pixels.
  CHECK(map.residual.at(Point(8000, 6000)).norm() < 50);
}

TEST_CASE("a box in the sample holds the whole turned box", "[imaging][plane_map]") {
  PlaneMap quarter_turn;
  quarter_turn.sample_from_reference << 0, -1, 100, 1, 0, 0, 0, 0, 1;
  const Box box = to_sample(quarter_turn, Box{10, 20, 30, 40});
  CHECK(box.x == Approx(40));
  CHECK(box.y == Approx(10));
  CHECK(box.width == Approx(40));
  CHECK(box.height == Approx(30));
}

TEST_CASE("what lies behind the horizon is nowhere", "[imaging][plane_map]") {
  PlaneMap map;
  map.sample_from_reference << 1, 0, 0, 0, 1, 0, -0.01, 0, 1;  // horizon at x = 100
  CHECK(to_sample(map, Point(50, 10)).allFinite());
  CHECK_FALSE(to_sample(map, Point(100, 10)).allFinite());
  CHECK_FALSE(to_sample(map, Point(150, 10)).allFinite());
  const cv::Mat1b warped =
      warp_to_reference(cv::Mat1b(200, 20000, uchar{200}), map, cv::Size(200, 100), 1, cv::Scalar(7));
  CHECK(warped(50, 50) == 200);
  CHECK(warped(50, 150) == 7);
}

TEST_CASE("a warped pixel shows what the map says", "[imaging][plane_map]") {
  const PlaneMap map = bent_view();
  const cv::Mat1f sample = wave_picture({900, 760});
  const double scale = GENERATE(1.0, 0.75, 0.5);
  CAPTURE(scale);
  const cv::Size size(cvRound(800 * scale), cvRound(600 * scale));
  const cv::Mat1f warped = warp_to_reference(sample, map, size, scale, cv::Scalar(-1));
  double worst = 0;
  int shown = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Point at = to_sample(map, Point((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5));
      if (at.x() >= 2 && at.y() >= 2 && at.x() < sample.cols - 3 && at.y() < sample.rows - 3) {
        worst = std::max(worst, std::abs(warped(y, x) - wave(at)));
        ++shown;
      }
    }
  }
  REQUIRE(shown > size.area() / 2);
  // Bilinear interpolation and the low-pass filter each flatten these waves by at most 0.004; a frame that is off by a
  // quarter of a pixel shows as 0.007.
  CHECK(worst < 0.006);
}

TEST_CASE("seen is what the sample shows and its mask allows", "[imaging][plane_map]") {
  cv::Mat1b usable(40, 60, uchar{255});
  usable(cv::Rect(20, 0, 10, 40)) = 0;
  const cv::Mat1b seen = seen_in_reference({60, 40}, usable, shifted_by(-15, 0), {60, 40}, 1);
  for (int x = 0; x < 60; ++x) {
    const int in_sample = x - 15;
    const bool expected = in_sample >= 0 && (in_sample < 20 || in_sample >= 30);
    CAPTURE(x);
    CHECK((seen(20, x) == 255) == expected);
  }
  CHECK(cv::countNonZero(seen_in_reference({60, 40}, {}, shifted_by(0, 0), {60, 40}, 1)) == 60 * 40);
}

TEST_CASE("a warp that would enlarge breaks the contract", "[imaging][plane_map]") {
  const cv::Mat1b sample(10, 10, uchar{1});
  CHECK_THROWS_AS(warp_to_reference(sample, PlaneMap{}, cv::Size(10, 10), 1.5), std::logic_error);
  CHECK_THROWS_AS(warp_to_reference(sample, PlaneMap{}, cv::Size(10, 10), 0), std::logic_error);
  CHECK_THROWS_AS(warp_to_reference(cv::Mat(), PlaneMap{}, cv::Size(10, 10), 1), std::logic_error);
}
