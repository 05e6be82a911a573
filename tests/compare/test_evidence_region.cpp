// SPDX-License-Identifier: Apache-2.0
#include "compare/evidence_region.h"
#include "tests/support/evidence_map.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <vector>

using boarddiff::compare::Evidence;
using boarddiff::compare::EvidenceRegion;
using boarddiff::compare::find_regions;
using boarddiff::imaging::Box;
using boarddiff::test::no_evidence;
using boarddiff::test::with_patch;
using boarddiff::test::with_step;

TEST_CASE("no evidence gives no region", "[compare][evidence_region]") {
  CHECK(find_regions(no_evidence({60, 40}), 10).empty());
  CHECK(find_regions(with_patch(no_evidence({60, 40}), {10, 10, 4, 3}, 1.2F), 10).empty());  // as the surroundings
}

TEST_CASE("a patch is one region with its box in pixels and its means", "[compare][evidence_region]") {
  const auto regions = find_regions(with_patch(no_evidence({60, 40}), {10, 20, 4, 3}, 5), 10);
  REQUIRE(regions.size() == 1);
  CHECK(regions[0].box == Box{40, 80, 16, 12});
  CHECK(regions[0].strength == Approx(5));
  CHECK(regions[0].appeared == Approx(1));
  CHECK(regions[0].disappeared == 0);
  CHECK(regions[0].colour == Approx(0.3));
  CHECK(regions[0].cells.size() == 12);
}

TEST_CASE("regions come by their peaks, strongest first, and no more than asked for", "[compare][evidence_region]") {
  Evidence evidence = with_patch(no_evidence({60, 40}), {5, 5, 3, 3}, 2);
  evidence = with_patch(evidence, {30, 5, 3, 3}, 6);
  evidence = with_patch(evidence, {5, 30, 3, 3}, 4);
  const std::vector<EvidenceRegion> all = find_regions(evidence, 10);
  REQUIRE(all.size() == 3);
  CHECK(all[0].box.x == 120);
  CHECK(all[1].box.y == 120);
  CHECK(all[2].strength == Approx(2));
  CHECK(find_regions(evidence, 2).size() == 2);
  CHECK(find_regions(evidence, 0).empty());
}

TEST_CASE("a large weak area does not come before a small strong one", "[compare][evidence_region]") {
  Evidence evidence = with_patch(no_evidence({60, 40}), {2, 2, 30, 30}, 1.5F);
  evidence = with_patch(evidence, {45, 10, 2, 2}, 4);
  const auto regions = find_regions(evidence, 10);
  REQUIRE(regions.size() == 2);
  CHECK(regions[0].box == Box{180, 40, 8, 8});
}

TEST_CASE("a region reaches down to half of its peak", "[compare][evidence_region]") {
  Evidence evidence = with_patch(no_evidence({60, 40}), {10, 10, 9, 3}, 2.2F);
  evidence = with_patch(evidence, {10, 10, 6, 3}, 3.0F);
  evidence = with_patch(evidence, {10, 10, 3, 3}, 5.0F);
  const auto regions = find_regions(evidence, 10);
  REQUIRE_FALSE(regions.empty());
  CHECK(regions[0].box == Box{40, 40, 24, 12});
}

TEST_CASE("steps of brightness make regions of their own, behind the others", "[compare][evidence_region]") {
  Evidence evidence = with_step(no_evidence({60, 40}), {30, 20, 6, 5}, 3);
  evidence = with_patch(evidence, {5, 5, 3, 3}, 2);
  const std::vector<EvidenceRegion> regions = find_regions(evidence, 10);
  REQUIRE(regions.size() == 2);
  CHECK_FALSE(regions[0].by_step);
  CHECK(regions[0].step == 0);
  CHECK(regions[1].by_step);
  CHECK(regions[1].box == Box{120, 80, 24, 20});
  CHECK(regions[1].step == Approx(0.3));
  CHECK(find_regions(evidence, 1).size() == 2);
}

TEST_CASE("steps are regions whatever else differs there", "[compare][evidence_region]") {
  const Evidence patch = with_patch(no_evidence({60, 40}), {30, 20, 6, 5}, 3);
  const std::vector<EvidenceRegion> regions = find_regions(with_step(patch, {28, 18, 10, 9}, 4), 10);
  REQUIRE(regions.size() == 2);
  CHECK(regions[1].strength == Approx(4));
  CHECK(regions[1].cells.size() == 90);
  CHECK(
      find_regions(with_step(no_evidence({60, 40}), {30, 20, 6, 5}, 0.5F), 10).empty());  // less than the surroundings
}
