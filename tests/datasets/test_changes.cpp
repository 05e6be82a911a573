// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using boarddiff::compare::FindingKind;
using Catch::Matchers::Contains;
using datasets::Alteration;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::ChangedBoard;
using datasets::Ground;
using datasets::Part;
using datasets::PlantedChange;
using imaging::Box;
using imaging::Point;

namespace {

std::ptrdiff_t populated(const BoardDesign& design) {
  return std::count_if(design.parts.begin(), design.parts.end(), [](const Part& part) { return part.populated; });
}

BoardDesign controller() { return make_board_design(BoardStyle::controller, 3); }

ChangedBoard with_one(const BoardDesign& design, const datasets::WantedChange& wanted, std::uint64_t seed = 1) {
  ChangedBoard changed = plant_changes(design, {wanted}, seed);
  REQUIRE(changed.changes.size() == 1);
  return changed;
}

Box box_of(const datasets::Place& place) { return imaging::bounding_box(place.outline_mm); }

double gap_between(const Box& a, const Box& b) {
  const double x = std::max({0.0, b.x - (a.x + a.width), a.x - (b.x + b.width)});
  const double y = std::max({0.0, b.y - (a.y + a.height), a.y - (b.y + b.height)});
  return std::hypot(x, y);
}

double length_of(const std::vector<datasets::Trace>& traces) {
  double length = 0;
  for (const datasets::Trace& trace : traces) {
    for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
      length += (trace.points_mm[i] - trace.points_mm[i - 1]).norm();
    }
  }
  return length;
}

bool crosses(const Box& box, const BoardDesign& design) {
  for (const datasets::Trace& trace : design.traces) {
    for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
      const Point way = trace.points_mm[i] - trace.points_mm[i - 1];
      const int steps = static_cast<int>(way.norm() / 0.05) + 1;
      for (int k = 0; k <= steps; ++k) {
        const Point at = trace.points_mm[i - 1] + way * (static_cast<double>(k) / steps);
        if (at.x() > box.x && at.x() < box.x + box.width && at.y() > box.y && at.y() < box.y + box.height) return true;
      }
    }
  }
  return false;
}

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

TEST_CASE("a cut takes 0.3 to 0.8 mm of one trace away, under the scratch", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 4U));
  const ChangedBoard changed = with_one(design, {Alteration::cut_trace}, seed);
  CHECK(changed.design.traces.size() == design.traces.size() + 1);
  const double taken_mm = length_of(design.traces) - length_of(changed.design.traces);
  CHECK((taken_mm >= 0.3 - 1e-9 && taken_mm <= 0.8 + 1e-9));
  REQUIRE(changed.design.patches.size() == design.patches.size() + 1);
  const Point middle = changed.design.patches.back().centre_mm;
  CHECK((middle - box_of(changed.changes.front().place).centre()).norm() < 1e-9);
  // The new ends are half the gap from the middle of the scratch.
  CHECK((changed.design.traces.back().points_mm.front() - middle).norm() == Approx(taken_mm / 2));
}

TEST_CASE("an added trace begins and ends on copper and crosses nothing on its way", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 4U));
  const ChangedBoard changed = with_one(design, {Alteration::added_trace}, seed);
  REQUIRE(changed.design.traces.size() == design.traces.size() + 1);
  const datasets::Trace& added = changed.design.traces.back();
  for (const Point& end : {added.points_mm.front(), added.points_mm.back()}) {
    const bool on_via = std::any_of(design.vias.begin(), design.vias.end(),
                                    [&](const datasets::Disc& via) { return via.centre_mm == end; });
    const bool on_pad = std::any_of(design.parts.begin(), design.parts.end(), [&](const Part& part) {
      const std::vector<datasets::Pad> pads = shape_of(part).pads;
      return std::any_of(pads.begin(), pads.end(), [&](const datasets::Pad& pad) {
        return (on_footprint(part, pad.centre_mm) - end).norm() < 1e-9;
      });
    });
    CHECK((on_via || on_pad));
  }
  for (std::size_t i = 1; i < added.points_mm.size(); ++i) {
    const Point middle = (added.points_mm[i - 1] + added.points_mm[i]) / 2;
    const double from_ends_mm =
        std::min((middle - added.points_mm.front()).norm(), (middle - added.points_mm.back()).norm());
    if (from_ends_mm > 1.1) CHECK_FALSE(crosses({middle.x() - 0.1, middle.y() - 0.1, 0.2, 0.2}, design));
  }
}

TEST_CASE("a wire's truth follows the wire", "[datasets][changes]") {
  const BoardDesign design = controller();
  const auto seed = GENERATE(range(1U, 5U));
  const ChangedBoard changed = with_one(design, {Alteration::bodge_wire}, seed);
  REQUIRE(changed.design.wires.size() == 1);
  const datasets::Wire& wire = changed.design.wires.front();
  CHECK((wire.points_mm.size() >= 2 && wire.points_mm.size() <= 5));
  const datasets::Place& place = changed.changes.front().place;
  REQUIRE(place.heights_mm.size() == place.outline_mm.size());
  std::vector<cv::Point2f> outline;
  for (const Point& corner : place.outline_mm) {
    outline.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  double length_mm = 0;
  for (std::size_t i = 1; i < wire.points_mm.size(); ++i) {
    const Point middle = (wire.points_mm[i] + wire.points_mm[i - 1]) / 2;
    const cv::Point2f at(static_cast<float>(middle.x()), static_cast<float>(middle.y()));
    CHECK(cv::pointPolygonTest(outline, at, true) == Approx(wire.diameter_mm / 2).margin(1e-3));
    length_mm += (wire.points_mm[i] - wire.points_mm[i - 1]).norm();
  }
  // A band, not a hull around it.
  CHECK(cv::contourArea(outline) == Approx(length_mm * wire.diameter_mm).epsilon(0.03));
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
  CHECK(std::count(ids.begin(), ids.end(), "extra_component") == 5);
  CHECK(ids.size() == 9);
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
  const auto row = GENERATE(values<Row>({{"missing,extr", "\"extr\"", "extra, missing"},
                                         {"", "\"\"", "usual, all, none"},
                                         {"missing,", "\"\"", "cut-trace"},
                                         {"extra:r0606", "\"r0606\"", "r0402, c0402"},
                                         {"extra:", "\"\"", "r0402"},
                                         {"extra@moon", "\"moon\"", "bare-mask, across-traces"},
                                         {"extra@in-place", "\"in-place\"", "under-part"},
                                         {"wire:r0603", "\"wire:r0603\"", "has no package"},
                                         {"moved@on-chip", "\"moved@on-chip\"", "only extra parts"},
                                         {"0*wire", "\"0*wire\"", "1 to 100"},
                                         {"-1*wire", "\"-1*wire\"", "1 to 100"},
                                         {"x*wire", "\"x*wire\"", "1 to 100"},
                                         {"101*wire", "\"101*wire\"", "1 to 100"},
                                         {"99999999999*wire", "\"99999999999*wire\"", "1 to 100"}}));
  CHECK_THROWS_WITH(datasets::parse_changes(row.text, 1),
                    Contains("--changes") && Contains(row.word) && Contains(row.allowed));
  CHECK_THROWS_AS(datasets::parse_changes(row.text, 1), imaging::Error);
}
