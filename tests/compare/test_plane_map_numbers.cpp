// SPDX-License-Identifier: Apache-2.0
#include "compare/plane_map_numbers.h"

#include <catch2/catch.hpp>

#include <limits>
#include <vector>

using boarddiff::compare::kPlaneMapNumbers;
using boarddiff::compare::numbers_of;
using boarddiff::compare::plane_map_of;

namespace {

std::vector<double> counted() {
  std::vector<double> numbers(kPlaneMapNumbers);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<double>(i) + 0.25;
  }
  return numbers;
}

}  // namespace

TEST_CASE("numbers become a map and the same numbers again", "[compare][plane_map_numbers]") {
  const auto map = plane_map_of(counted());
  REQUIRE(map.has_value());
  CHECK(numbers_of(*map) == counted());
  CHECK(map->sample_from_reference(0, 1) == 6.25);
  CHECK(map->residual.shift_px(1, 9) == 41.25);
}

TEST_CASE("numbers that are no map are refused", "[compare][plane_map_numbers]") {
  std::vector<double> numbers = counted();
  numbers.pop_back();
  CHECK_FALSE(plane_map_of(numbers).has_value());
  numbers = counted();
  numbers.push_back(1);
  CHECK_FALSE(plane_map_of(numbers).has_value());
  numbers = counted();
  numbers[7] = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(plane_map_of(numbers).has_value());
  numbers = counted();
  numbers[2] = 0;  // a lens without a size
  CHECK_FALSE(plane_map_of(numbers).has_value());
}
