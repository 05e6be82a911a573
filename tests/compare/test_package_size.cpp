// SPDX-License-Identifier: Apache-2.0
#include "compare/package_size.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::compare::size_in_package_name;
using boarddiff::imaging::Point;

TEST_CASE("names of packages tell sizes as libraries write them", "[compare][package_size]") {
  struct Named {
    std::string name = {};
    Point sides = Point::Zero();
  };
  const Named one = GENERATE(values<Named>({{"R_0603_1608Metric", {1.6, 0.8}},
                                            {"C_0402_1005Metric_Pad0.74x0.62mm", {1.0, 0.5}},
                                            {"C0805", {2.0, 1.25}},
                                            {"RESC1206", {3.2, 1.6}},
                                            {"QFN-32-1EP_5x5mm_P0.5mm", {5, 5}},
                                            {"SOIC-8_3.9x4.9mm_P1.27mm", {4.9, 3.9}},
                                            {"Crystal_SMD_3225-4Pin_3.2x2.5mm", {3.2, 2.5}},
                                            {"SOT-23", {2.9, 2.4}},
                                            {"SO8", {6.0, 4.9}},
                                            {"SOIC-16W", {9.9, 6.0}}}));
  CAPTURE(one.name);
  const auto size = size_in_package_name(one.name);
  REQUIRE(size);
  CHECK(size->isApprox(one.sides));
}

TEST_CASE("a name without a size tells none", "[compare][package_size]") {
  const std::string name = GENERATE("", "PinHeader", "TO-220-3", "X10603Y", "SOT-2311", "0x0", "x5", "5x");
  CAPTURE(name);
  CHECK_FALSE(size_in_package_name(name));
}
