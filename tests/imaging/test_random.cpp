// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/random.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using boarddiff::imaging::Random;

TEST_CASE("the same seed draws the same numbers, another seed others", "[imaging][random]") {
  Random first(7);
  Random again(7);
  Random other(8);
  const std::uint64_t bits = first.bits();
  CHECK(again.bits() == bits);
  CHECK(other.bits() != bits);
}

TEST_CASE("a named stream does not depend on what was drawn before", "[imaging][random]") {
  Random random(7);
  const std::uint64_t before = random.stream("parts").bits();
  random.normal();
  CHECK(random.stream("parts").bits() == before);
  CHECK(random.stream("traces").bits() != before);
  CHECK(random.stream(std::uint64_t{1}).bits() != random.stream(std::uint64_t{2}).bits());
}

TEST_CASE("integers reach both ends and stay between them", "[imaging][random]") {
  Random random(1);
  std::vector<int> seen(6, 0);
  for (int i = 0; i < 600; ++i) {
    const int value = random.integer(-2, 3);
    REQUIRE(value >= -2);
    REQUIRE(value <= 3);
    ++seen[static_cast<std::size_t>(value + 2)];
  }
  for (const int count : seen) {
    CHECK(count > 60);  // 100 expected, deviation 9
  }
}

TEST_CASE("normal numbers have mean 0 and deviation 1", "[imaging][random]") {
  Random random(3);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 20000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
  }
  // Four standard errors of 20,000 draws.
  CHECK(std::abs(sum / kDraws) < 0.03);
  CHECK(std::abs(std::sqrt(squares / kDraws) - 1) < 0.02);
}
