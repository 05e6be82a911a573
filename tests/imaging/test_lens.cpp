// SPDX-License-Identifier: Apache-2.0
#include "imaging/lens.h"

#include <catch2/catch.hpp>

#include <cmath>

using boarddiff::imaging::bent;
using boarddiff::imaging::Point;
using boarddiff::imaging::RadialLens;
using boarddiff::imaging::straight_lens;
using boarddiff::imaging::straightened;

TEST_CASE("a straight lens leaves points where they are", "[imaging][lens]") {
  const RadialLens lens = straight_lens({1000, 800});
  CHECK(bent(lens, Point(12.5, 700)) == Point(12.5, 700));
  CHECK((straightened(lens, Point(12.5, 700)) - Point(12.5, 700)).norm() < 1e-12);
}

TEST_CASE("a corner moves along its radius by the sum of both coefficients", "[imaging][lens]") {
  RadialLens lens = straight_lens({801, 601});
  lens.k = {-0.03, 0.01};
  const Point corner = lens.centre_px + Point(-0.6, 0.8) * lens.half_diagonal_px;
  CHECK((bent(lens, corner) - lens.centre_px - 0.98 * (corner - lens.centre_px)).norm() < 1e-9);
  CHECK(bent(lens, lens.centre_px) == lens.centre_px);
}

TEST_CASE("what a lens bends can be straightened", "[imaging][lens]") {
  RadialLens lens = straight_lens({4000, 3000});
  lens.k = {GENERATE(-0.08, 0.06), GENERATE(-0.01, 0.02)};
  for (const Point& point : {Point(0, 0), Point(3999, 10), Point(2100, 1490), Point(900, 2999)}) {
    CHECK((straightened(lens, bent(lens, point)) - point).norm() < 1e-6);
  }
}

TEST_CASE("beyond the radius at which the lens turns there is no point", "[imaging][lens]") {
  RadialLens lens = straight_lens({100, 100});
  lens.k = {-0.5, 0};  // the largest radius is reached at 0.82 of the half diagonal
  CHECK(std::isnan(straightened(lens, Point(300, 300)).x()));
}
