// SPDX-License-Identifier: Apache-2.0
#include "compare/whole_pixels.h"

#include <catch2/catch.hpp>

#include <limits>

using boarddiff::compare::whole_pixels;

TEST_CASE("every pixel that a box touches is one of its own", "[compare][whole_pixels]") {
  CHECK(whole_pixels({1.5, 2, 2, 3}, {10, 10}) == cv::Rect(1, 2, 3, 3));
  CHECK(whole_pixels({-3, 8.2, 5, 9}, {10, 10}) == cv::Rect(0, 8, 2, 2));
}

TEST_CASE("a box outside the picture or without numbers touches none", "[compare][whole_pixels]") {
  CHECK(whole_pixels({10, 0, 5, 5}, {10, 10}).empty());
  CHECK(whole_pixels({1e300, 0, 5, 5}, {10, 10}).empty());
  CHECK(whole_pixels({0, 0, std::numeric_limits<double>::infinity(), 5}, {10, 10}).empty());
  CHECK(whole_pixels({0, std::numeric_limits<double>::quiet_NaN(), 5, 5}, {10, 10}).empty());
  CHECK(whole_pixels({-1e300, -1e300, 2e300, 2e300}, {10, 10}) == cv::Rect(0, 0, 10, 10));
}
