// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "imaging/base/error.h"
#include "tests/datasets/one_change.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::compare::FindingKind;
using boarddiff::test::controller;
using boarddiff::test::gap_between;
using boarddiff::test::populated;
using boarddiff::test::with_one;
using Catch::Matchers::Contains;
using datasets::Alteration;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::ChangedBoard;
using datasets::Ground;
using datasets::PlantedChange;
using imaging::Box;
using imaging::Point;

namespace {

bool same(const ChangedBoard& a, const ChangedBoard& b) {
  return std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(), b.changes.end(),
                    [](const PlantedChange& one, const PlantedChange& other) {
                      return one.id == other.id && one.place.outline_mm == other.place.outline_mm;
                    });
}

}  // namespace

TEST_CASE("every alteration alone makes one change of its kind", "[datasets][changes]") {
  struct Row {
    Alteration what;
    FindingKind kind;
  };
  const auto row = GENERATE(values<Row>({{Alteration::extra_part, FindingKind::extra_component},
                                         {Alteration::painted_part, FindingKind::extra_component},
                                         {Alteration::missing_part, FindingKind::missing_component},
                                         {Alteration::moved_part, FindingKind::moved_component},
                                         {Alteration::turned_part, FindingKind::moved_component},
                                         {Alteration::swapped_part, FindingKind::replaced_component},
                                         {Alteration::remarked_part, FindingKind::changed_marking},
                                         {Alteration::cut_trace, FindingKind::changed_trace},
                                         {Alteration::added_trace, FindingKind::changed_trace},
                                         {Alteration::bodge_wire, FindingKind::extra_wire},
                                         {Alteration::sticker, FindingKind::changed_surface},
                                         {Alteration::tape, FindingKind::changed_surface},
                                         {Alteration::scratch, FindingKind::changed_surface},
                                         {Alteration::residue, FindingKind::changed_surface}}));
  const auto seed = GENERATE(1U, 2U);
  CAPTURE(name_of(row.what), seed);
  const BoardDesign design = controller();
  const ChangedBoard changed = with_one(design, {row.what}, seed);
  const PlantedChange& change = changed.changes.front();
  CHECK(change.kind == row.kind);
  CHECK_THAT(change.id, Catch::StartsWith(std::string(name_of(row.kind)) + "-1-"));
  CHECK(change.size_mm.minCoeff() > 0.1);
  CHECK(change.place.outline_mm.size() >= 4);
  CHECK(change.place.top_mm >= change.place.base_mm);
  const bool is_part = row.what <= Alteration::remarked_part;
  CHECK(change.part.has_value() == is_part);
}

TEST_CASE("changes are 2 mm apart, on the board and over no hole", "[datasets][changes]") {
  const auto style = GENERATE(BoardStyle::controller, BoardStyle::handheld, BoardStyle::through_hole);
  const auto seed = GENERATE(range(1U, 4U));
  BoardDesign design = make_board_design(style, seed);
  const double cut = 12;
  design.outline_mm = {
      {cut, 0}, {design.width_mm, 0}, {design.width_mm, design.depth_mm}, {0, design.depth_mm}, {0, cut}};
  const ChangedBoard changed = plant_changes(design, datasets::usual_changes(seed), seed);
  CAPTURE(name_of(style), seed);
  CHECK(changed.changes.size() >= 9);
  std::vector<std::vector<Box>> places;
  for (const PlantedChange& change : changed.changes) {
    CAPTURE(change.id);
    std::vector<Box> boxes = boxes_of(change.place);
    for (const Box& box : boxes) {
      for (const std::vector<Box>& others : places) {
        for (const Box& other : others) {
          CHECK(gap_between(box, other) > 2 - 1e-9);
        }
      }
      for (const datasets::Disc& hole : design.holes) {
        const double reach = hole.diameter_mm / 2;
        CHECK(gap_between(box, {hole.centre_mm.x() - reach, hole.centre_mm.y() - reach, 2 * reach, 2 * reach}) > 0);
      }
    }
    places.push_back(std::move(boxes));
    for (const Point& corner : change.place.outline_mm) {
      CHECK(corner.x() + corner.y() > cut);
      CHECK((corner.x() > 0 && corner.x() < design.width_mm && corner.y() > 0 && corner.y() < design.depth_mm));
    }
  }
}

TEST_CASE("changes of one seed do not touch the same part twice", "[datasets][changes]") {
  const BoardDesign design = controller();
  const std::vector<datasets::WantedChange> wanted(12, {Alteration::missing_part});
  const ChangedBoard changed = plant_changes(design, wanted, 1);
  CHECK(changed.changes.size() == 12);
  CHECK(populated(changed.design) == populated(design) - 12);
}

TEST_CASE("a board without parts takes what needs none", "[datasets][changes]") {
  BoardDesign design;
  design.width_mm = 40;
  design.depth_mm = 30;
  const ChangedBoard changed = plant_changes(design, datasets::parse_changes("all", 1), 1);
  std::vector<std::string> ids;
  for (const PlantedChange& change : changed.changes) {
    ids.push_back(change.id.substr(0, change.id.find('-')));
  }
  CHECK(std::count(ids.begin(), ids.end(), "changed_surface") == 4);
  CHECK(std::count(ids.begin(), ids.end(), "extra_component") == 6);
  CHECK(ids.size() == 10);
  CHECK(changed.changes.front().ground == Ground::bare_mask);
  CHECK(plant_changes(BoardDesign{}, datasets::parse_changes("all", 1), 1).changes.empty());
}

TEST_CASE("the same seed plants the same, and another wish shifts nothing", "[datasets][changes]") {
  const BoardDesign design = controller();
  const std::vector<datasets::WantedChange> wanted = datasets::usual_changes(5);
  const ChangedBoard changed = plant_changes(design, wanted, 5);
  CHECK(same(changed, plant_changes(design, wanted, 5)));
  CHECK_FALSE(same(changed, plant_changes(design, wanted, 6)));
  std::vector<datasets::WantedChange> longer = wanted;
  longer.push_back({Alteration::residue});
  ChangedBoard with_more = plant_changes(design, longer, 5);
  REQUIRE(with_more.changes.size() == changed.changes.size() + 1);
  with_more.changes.pop_back();
  CHECK(same(changed, with_more));
}

TEST_CASE("the usual mixture differs from board to board", "[datasets][changes]") {
  std::vector<datasets::Package> packages;
  std::vector<Alteration> surfaces;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const std::vector<datasets::WantedChange> wanted = datasets::usual_changes(seed);
    CHECK((wanted.size() >= 10 && wanted.size() <= 14));
    for (const Ground ground : {Ground::bare_mask, Ground::across_traces, Ground::empty_footprint,
                                Ground::beside_connector, Ground::on_chip}) {
      CHECK(std::any_of(wanted.begin(), wanted.end(), [&](const datasets::WantedChange& change) {
        return change.what == Alteration::extra_part && change.ground == ground;
      }));
    }
    packages.push_back(wanted.front().package.value());
    surfaces.push_back(wanted.back().what);
  }
  CHECK(std::count(packages.begin(), packages.end(), packages.front()) < 12);
  CHECK(std::count(surfaces.begin(), surfaces.end(), surfaces.front()) < 12);
}

TEST_CASE("X-rays get only what they show", "[datasets][changes]") {
  const std::vector<datasets::WantedChange> wanted = datasets::usual_changes(3, imaging::Modality::xray);
  const ChangedBoard changed = plant_changes(controller(), wanted, 3);
  CHECK(changed.changes.size() >= 8);
  CHECK(std::all_of(changed.changes.begin(), changed.changes.end(),
                    [](const PlantedChange& change) { return change.in_xray; }));
}

TEST_CASE("changes are read from a list", "[datasets][changes]") {
  const auto wanted = datasets::parse_changes("3*extra:c0402@across-traces,missing,moved:soic8,cut-trace", 1);
  REQUIRE(wanted.size() == 6);
  CHECK((wanted[2].package == datasets::Package::c0402 && wanted[2].ground == Ground::across_traces));
  CHECK((wanted[3].what == Alteration::missing_part && !wanted[3].package));
  CHECK(wanted[4].package == datasets::Package::soic8);
  CHECK(wanted[5].what == Alteration::cut_trace);
  CHECK(datasets::parse_changes("none", 1).empty());
  CHECK(datasets::parse_changes("usual", 4).size() == datasets::usual_changes(4).size());
  CHECK(datasets::parse_changes("usual,wire", 4).size() == datasets::usual_changes(4).size() + 1);
  for (const Alteration what : datasets::kAlterations) {
    CHECK(datasets::parse_changes(name_of(what), 1).front().what == what);
  }
}

TEST_CASE("a list that cannot be read names the word and what may stand there", "[datasets][changes]") {
  struct Row {
    const char* text;
    const char* word;
    const char* allowed;
  };
  const auto row = GENERATE(values<Row>({{"missing,extr", "\"extr\"", "extra, painted, missing"},
                                         {"", "\"\"", "usual, all, none"},
                                         {"missing,", "\"\"", "cut-trace"},
                                         {"extra:r0606", "\"r0606\"", "r0402, c0402"},
                                         {"extra:", "\"\"", "r0402"},
                                         {"extra@moon", "\"moon\"", "bare-mask, across-traces"},
                                         {"extra@in-place", "\"in-place\"", "under-part"},
                                         {"wire:r0603", "\"wire:r0603\"", "has no package"},
                                         {"moved@on-chip", "\"moved@on-chip\"", "only extra and painted parts"},
                                         {"0*wire", "\"0*wire\"", "1 to 100"},
                                         {"-1*wire", "\"-1*wire\"", "1 to 100"},
                                         {"x*wire", "\"x*wire\"", "1 to 100"},
                                         {"101*wire", "\"101*wire\"", "1 to 100"},
                                         {"99999999999*wire", "\"99999999999*wire\"", "1 to 100"}}));
  CHECK_THROWS_WITH(datasets::parse_changes(row.text, 1),
                    Contains("--changes") && Contains(row.word) && Contains(row.allowed));
  CHECK_THROWS_AS(datasets::parse_changes(row.text, 1), imaging::Error);
}
