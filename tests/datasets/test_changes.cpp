// SPDX-License-Identifier: Apache-2.0
#include "datasets/changes.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::compare::FindingKind;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::ChangedBoard;

namespace {

std::ptrdiff_t populated(const BoardDesign& design) {
  return std::count_if(design.parts.begin(), design.parts.end(),
                       [](const datasets::Part& part) { return part.populated; });
}

}  // namespace

TEST_CASE("an extra part stands on free ground", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::handheld, 3);
  const ChangedBoard changed = plant_changes(
      design, {{FindingKind::extra_component, datasets::Package::r0603, datasets::Ground::across_traces}}, 1);
  REQUIRE(changed.changes.size() == 1);
  CHECK(populated(changed.design) == populated(design) + 1);
  const imaging::Box body = imaging::bounding_box(changed.changes.front().place.outline_mm);
  for (const datasets::Part& part : design.parts) {
    const imaging::Box other = imaging::bounding_box(outline_on_board(part, shape_of(part.package).body_mm));
    CHECK(imaging::intersection(body, other).area() == 0);
  }
}

TEST_CASE("a missing part leaves its footprint", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 3);
  const ChangedBoard changed = plant_changes(design, {{FindingKind::missing_component}}, 1);
  REQUIRE(changed.changes.size() == 1);
  CHECK(populated(changed.design) == populated(design) - 1);
  CHECK(changed.design.parts.size() == design.parts.size());
}

TEST_CASE("a moved part is recorded where it is and where it was", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 3);
  const ChangedBoard changed = plant_changes(design, {{FindingKind::moved_component, datasets::Package::r0603}}, 1);
  REQUIRE(changed.changes.size() == 1);
  const datasets::PlantedChange& change = changed.changes.front();
  REQUIRE(change.also.size() == 1);
  const auto centre = [](const datasets::Place& place) { return imaging::bounding_box(place.outline_mm).centre(); };
  CHECK((centre(change.place) - centre(change.also.front())).norm() > 0.5);
}

TEST_CASE("changes of one seed do not touch the same part twice", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 3);
  const std::vector<datasets::WantedChange> wanted(12, {FindingKind::missing_component});
  const ChangedBoard changed = plant_changes(design, wanted, 1);
  CHECK(changed.changes.size() == 12);
  CHECK(populated(changed.design) == populated(design) - 12);
}

TEST_CASE("a kind that cannot be planted is refused", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::controller, 3);
  CHECK_THROWS_AS(plant_changes(design, {{FindingKind::changed_interior}}, 1), std::logic_error);
}
