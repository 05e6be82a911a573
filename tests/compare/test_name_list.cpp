// SPDX-License-Identifier: Apache-2.0
#include "compare/name_list.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using boarddiff::compare::name_list;

TEST_CASE("ten names are listed, and of more how many they are", "[compare][name_list]") {
  CHECK(name_list({}).empty());
  CHECK(name_list({"R1"}) == "R1");
  std::vector<std::string> names = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "C1"};
  CHECK(name_list(names) == "R1, R2, R3, R4, R5, R6, R7, R8, R9, C1");
  names.insert(names.end(), {"C2", "C3"});
  CHECK(name_list(names) == "R1, R2, R3, R4, R5, R6, R7, R8, R9, C1 and 2 more");
}
