// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"

#include <catch2/catch.hpp>

using boarddiff::compare::hits;
using boarddiff::imaging::Box;

TEST_CASE("a finding hits where the centre of either box lies in the other, grown", "[compare][hit_rule]") {
  const Box change{100, 100, 40, 20};
  CHECK(hits({100, 100, 40, 20}, change));
  CHECK(hits({140, 110, 10, 10}, change));        // centre 5 px beside, grown by 10
  CHECK_FALSE(hits({146, 110, 10, 10}, change));  // centre 11 px beside
  CHECK(hits({60, 60, 60, 60}, change));          // the change's centre lies at its grown corner
}

TEST_CASE("a finding over half the board hits nothing", "[compare][hit_rule]") {
  const Box change{100, 100, 24, 24};
  CHECK(hits({64, 64, 96, 96}, change));  // exactly 16 times
  CHECK_FALSE(hits({64, 64, 97, 97}, change));
  CHECK(hits({64, 64, 96, 96}, {110, 110, 6, 6}));  // small ones count as 24 x 24
}
