// SPDX-License-Identifier: Apache-2.0
#include "compare/xray_pieces.h"

#include <catch2/catch.hpp>

#include <vector>

using boarddiff::compare::said_once;
using boarddiff::compare::XrayClaim;
using Indices = std::vector<std::size_t>;

namespace {

XrayClaim claim(double x, double side, std::size_t thing, double weight) {
  return {.box = {.x = x, .y = 0, .width = side, .height = side}, .thing = thing, .weight = weight};
}

}  // namespace

TEST_CASE("what is said of a thing is its best piece, best things first", "[compare][xray_pieces]") {
  CHECK(said_once({}).empty());
  CHECK(said_once({claim(0, 10, 1, 1), claim(0, 10, 1, 3), claim(100, 10, 2, 2), claim(200, 10, 3, 4)}) ==
        Indices{3, 1, 2});
  CHECK(said_once({claim(0, 10, 1, 1), claim(100, 10, 2, 1)}) == Indices{0, 1});
}

TEST_CASE("what lies where something compact is said is not said again", "[compare][xray_pieces]") {
  std::vector<XrayClaim> claims = {claim(0, 40, 1, 3), claim(10, 8, 2, 2)};
  claims[0].is_compact = true;
  CHECK(said_once(claims) == Indices{0});
  // A wire's box is mostly other ground.
  claims[0].is_compact = false;
  CHECK(said_once(claims) == Indices{0, 1});
  claims[1].is_compact = true;
  claims[1].box.x = 200;
  CHECK(said_once(claims) == Indices{0, 1});
}
