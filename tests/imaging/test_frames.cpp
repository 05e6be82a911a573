// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/frames.h"

#include <catch2/catch.hpp>

#include <limits>

using namespace boarddiff::imaging;

TEST_CASE("boxes that do not touch intersect in an empty box", "[imaging][frames]") {
  CHECK(intersection({0, 0, 10, 10}, {10, 0, 5, 5}) == Box{});
  CHECK(intersection({0, 0, 10, 10}, {4, 6, 10, 10}) == Box{4, 6, 6, 4});
}

TEST_CASE("the bounding box of no points is empty", "[imaging][frames]") {
  CHECK(bounding_box({}) == Box{});
  CHECK(bounding_box({{3, 5}, {-1, 7}}) == Box{-1, 5, 4, 2});
}

TEST_CASE("a point at infinity maps to not-a-number", "[imaging][frames]") {
  Eigen::Matrix3d b_from_a = Eigen::Matrix3d::Identity();
  b_from_a.row(2) << 1, 0, -2;
  CHECK(apply(b_from_a, {2, 5}).hasNaN());
  CHECK(apply(b_from_a, {4, 6}) == Point(2, 3));
}

TEST_CASE("a box without numbers intersects nothing", "[imaging][frames]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(intersection({nan, 0, 10, 10}, {0, 0, 5, 5}) == Box{});
  CHECK(intersection({0, 0, 10, 10}, {0, 0, 5, nan}) == Box{0, 0, 5, 10});
}

TEST_CASE("a box is scaled with its position", "[imaging][frames]") {
  CHECK(scaled(Box{2, 3, 4, 5}, 0.5) == Box{1, 1.5, 2, 2.5});
}

TEST_CASE("a box grows on every side", "[imaging][frames]") { CHECK(grown({2, 3, 4, 5}, 1) == Box{1, 2, 6, 7}); }
