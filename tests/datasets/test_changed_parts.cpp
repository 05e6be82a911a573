// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "tests/datasets/one_change.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::compare::FindingKind;
using boarddiff::test::box_of;
using boarddiff::test::controller;
using boarddiff::test::crosses;
using boarddiff::test::gap_between;
using boarddiff::test::populated;
using boarddiff::test::with_one;
using datasets::Alteration;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::ChangedBoard;
using datasets::Ground;
using datasets::Part;
using datasets::PlantedChange;
using imaging::Box;

TEST_CASE("an extra part stands on free ground", "[datasets][changes]") {
  const BoardDesign design = make_board_design(BoardStyle::handheld, 3);
  const ChangedBoard changed =
      with_one(design, {Alteration::extra_part, datasets::Package::r0603, Ground::across_traces});
  CHECK(populated(changed.design) == populated(design) + 1);
  CHECK_FALSE(changed.design.parts.back().has_footprint);
  for (const Part& part : design.parts) {
    const Box other = imaging::bounding_box(outline_on_board(part, shape_of(part).body_mm));
    CHECK(imaging::intersection(box_of(changed.changes.front().place), other).area() == 0);
  }
}

TEST_CASE("bare mask has no traces, and across traces there are some", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 5U));
  const auto ground_with = [&](Ground wanted) {
    const ChangedBoard changed = with_one(design, {Alteration::extra_part, datasets::Package::r0805, wanted}, seed);
    REQUIRE(changed.changes.front().ground == wanted);
    return crosses(box_of(changed.changes.front().place), design);
  };
  CHECK_FALSE(ground_with(Ground::bare_mask));
  CHECK(ground_with(Ground::across_traces));
}

TEST_CASE("an extra part beside a connector is within 2 mm of one", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed =
      with_one(design, {Alteration::extra_part, datasets::Package::sot23, Ground::beside_connector});
  REQUIRE(changed.changes.front().ground == Ground::beside_connector);
  double nearest_mm = 1000;
  for (const Part& part : design.parts) {
    if (part.designator.front() == 'J') {
      nearest_mm = std::min(nearest_mm, gap_between(box_of(changed.changes.front().place), box_of(place_of(part))));
    }
  }
  CHECK(nearest_mm <= 2);
}

TEST_CASE("an empty footprint is populated, not covered", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::extra_part, {}, Ground::empty_footprint});
  const std::size_t index = changed.changes.front().part.value();
  CHECK(changed.changes.front().ground == Ground::empty_footprint);
  CHECK(changed.design.parts.size() == design.parts.size());
  CHECK_FALSE(design.parts.at(index).populated);
  CHECK(changed.design.parts.at(index).populated);
}

TEST_CASE("an extra part on a chip stands on its top", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::extra_part, {}, Ground::on_chip});
  const PlantedChange& change = changed.changes.front();
  REQUIRE(change.ground == Ground::on_chip);
  const bool stands_on_one = std::any_of(design.parts.begin(), design.parts.end(), [&](const Part& chip) {
    const datasets::Place place = place_of(chip);
    const Box seat = box_of(change.place);
    return chip.designator.front() == 'U' && std::abs(place.top_mm - change.place.base_mm) < 1e-9 &&
           imaging::intersection(box_of(place), seat).area() == Approx(seat.area());
  });
  CHECK(stands_on_one);
  CHECK(change.place.top_mm > change.place.base_mm);
}

TEST_CASE("a painted part is nearly as bright as the mask and bears no marking", "[datasets][changes]") {
  BoardDesign design = controller();
  const auto mask = GENERATE(datasets::MaskColour::green, datasets::MaskColour::black);
  design.mask = mask;
  bool some_darker = false;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const ChangedBoard changed =
        with_one(design, {Alteration::painted_part, datasets::Package::qfn3x3, Ground::bare_mask}, seed);
    const Part& part = changed.design.parts.at(changed.changes.front().part.value());
    REQUIRE(part.painted_levels);
    CHECK((std::abs(*part.painted_levels) >= 8 && std::abs(*part.painted_levels) <= 40));
    CHECK(part.marking.empty());
    CHECK(changed.changes.front().id == "extra_component-1-painted-qfn3x3");
    some_darker = some_darker || *part.painted_levels < 0;
  }
  CHECK(some_darker == (mask != datasets::MaskColour::black));  // which cannot be darker than it is
}

TEST_CASE("what is put under a part is inside, and shows in X-rays only", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 5U));
  const ChangedBoard changed = with_one(design, {Alteration::extra_part, {}, Ground::under_part}, seed);
  const PlantedChange& change = changed.changes.front();
  CHECK(change.kind == FindingKind::changed_interior);
  CHECK_FALSE(change.in_photo);
  CHECK(change.in_xray);
  CHECK(change.place.base_mm < 0.2);
}

TEST_CASE("a bare die on the board is there for X-rays alone", "[datasets][changes]") {
  const ChangedBoard changed =
      with_one(controller(), {Alteration::extra_part, datasets::Package::bare_die, Ground::bare_mask});
  CHECK(changed.changes.front().kind == FindingKind::extra_component);
  CHECK_FALSE(changed.changes.front().in_photo);
  CHECK(changed.changes.front().in_xray);
}

TEST_CASE("a missing part leaves its footprint", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::missing_part});
  CHECK(populated(changed.design) == populated(design) - 1);
  CHECK(changed.design.parts.size() == design.parts.size());
}

TEST_CASE("a moved part is recorded where it is and where it was", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::moved_part, datasets::Package::r0603});
  const PlantedChange& change = changed.changes.front();
  REQUIRE(change.also.size() == 1);
  const double by_mm = (box_of(change.place).centre() - box_of(change.also.front()).centre()).norm();
  CHECK((by_mm > 0.59 && by_mm < 1.51));
  // It touches no other part.
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    const bool other = i != change.part.value() && design.parts[i].populated;
    if (other) {
      CHECK(imaging::intersection(box_of(change.place), box_of(place_of(design.parts[i]))).area() == 0);
    }
  }
}

TEST_CASE("a part is turned only where that can be seen", "[datasets][changes]") {
  const BoardDesign design = controller();
  CHECK(plant_changes(design, {{Alteration::turned_part, datasets::Package::r0603}}, 1).changes.empty());
  const ChangedBoard changed = with_one(design, {Alteration::turned_part});
  const std::size_t index = changed.changes.front().part.value();
  const double by_deg = changed.design.parts[index].slip_deg - design.parts[index].slip_deg;
  CHECK((by_deg == 90 || by_deg == 180));
}

TEST_CASE("a swapped part is another one on the same footprint", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::swapped_part, datasets::Package::r0603});
  REQUIRE(changed.design.parts.size() == design.parts.size() + 1);
  const Part& other = changed.design.parts.back();
  const auto before = std::find_if(design.parts.begin(), design.parts.end(),
                                   [&](const Part& part) { return part.designator == other.designator; });
  REQUIRE(before != design.parts.end());
  CHECK(before->package == datasets::Package::r0603);
  CHECK(other.package != before->package);
  CHECK(other.centre_mm == before->centre_mm);
  CHECK_FALSE(other.has_footprint);
  const Part& footprint = changed.design.parts[static_cast<std::size_t>(before - design.parts.begin())];
  CHECK((footprint.has_footprint && !footprint.populated));
}

TEST_CASE("a re-marked chip has another number and a duller body", "[datasets][changes]") {
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {Alteration::remarked_part});
  const std::size_t index = changed.changes.front().part.value();
  CHECK(changed.design.parts[index].marking != design.parts[index].marking);
  const auto most_gloss = [](const Part& part) {
    int gloss = 0;
    for (const datasets::Solid& solid : shape_of(part).solids) {
      if (solid.tinted) gloss = std::max<int>(gloss, solid.finish.gloss);
    }
    return gloss;
  };
  CHECK(most_gloss(changed.design.parts[index]) <= most_gloss(design.parts[index]));
  CHECK(changed.changes.front().size_mm.x() == Approx(shape_of(design.parts[index]).body_mm.width));
}

TEST_CASE("another die is inside the same body, and no photograph shows it", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(1U, 2U, 3U);
  const ChangedBoard changed = with_one(design, {Alteration::other_die}, seed);
  const PlantedChange& change = changed.changes.front();
  CHECK(change.kind == FindingKind::changed_interior);
  CHECK_FALSE(change.in_photo);
  const std::size_t index = change.part.value();
  const datasets::PartShape before = shape_of(design.parts[index]);
  const datasets::PartShape after = shape_of(changed.design.parts[index]);
  CHECK(after.body_mm == before.body_mm);
  CHECK(after.solids.size() == before.solids.size());
  REQUIRE(after.inner.size() == before.inner.size());
  double most = 1;
  for (std::size_t i = 0; i < after.inner.size(); ++i) {
    const double times = after.inner[i].width_mm / before.inner[i].width_mm;
    most = std::max({most, times, 1 / times});
    CHECK(after.inner[i].width_mm < before.body_mm.width);
  }
  CHECK(most > 1.25);
}
