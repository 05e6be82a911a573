// SPDX-License-Identifier: Apache-2.0
#include "imaging/repetition.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace imaging = boarddiff::imaging;
using boarddiff::test::board_image;
using imaging::GreyPyramid;
using imaging::Modality;
using imaging::PlaneMap;
using imaging::Point;

TEST_CASE("a picture full of detail has no rival shift", "[imaging][repetition]") {
  const GreyPyramid picture =
      grey_pyramid(board_image(boarddiff::test::textured_picture({420, 330}, 1)), Modality::photo);
  CHECK(rival_shifts(picture, picture, PlaneMap{}).empty());
}

TEST_CASE("the period of a row of slots is a rival shift", "[imaging][repetition]") {
  constexpr int kPeriod = 40;
  const cv::Mat3b module = boarddiff::test::textured_picture({kPeriod, 330}, 2);
  cv::Mat3b slots(330, 10 * kPeriod);
  for (int x = 0; x < slots.cols; x += kPeriod) {
    module.copyTo(slots(cv::Rect(x, 0, kPeriod, 330)));
  }
  const GreyPyramid picture = grey_pyramid(board_image(slots), Modality::photo);
  const auto shifts = rival_shifts(picture, picture, PlaneMap{});
  REQUIRE_FALSE(shifts.empty());
  for (const Point& shift : shifts) {
    CHECK(std::abs(std::remainder(shift.x(), kPeriod)) < 1.5);
    CHECK(std::abs(shift.y()) < 1.5);
  }
}

TEST_CASE("a shifted map takes a point where the map takes the shifted point", "[imaging][repetition]") {
  PlaneMap map;
  map.sample_from_reference << 0.9, -0.2, 30, 0.2, 0.9, 10, 1e-4, 0, 1;
  const PlaneMap shifted = shifted_map(map, {40, -7});
  CHECK((to_sample(shifted, Point(100, 80)) - to_sample(map, Point(140, 73))).norm() < 1e-9);
}
