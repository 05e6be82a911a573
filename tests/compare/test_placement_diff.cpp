// SPDX-License-Identifier: Apache-2.0
#include "compare/common_frame.h"
#include "compare/nearest_part.h"
#include "compare/placement_diff.h"
#include "compare/placement_diff_text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::diff_placements;
using boarddiff::compare::diff_text;
using boarddiff::compare::DiffFormat;
using boarddiff::compare::in_frame_of;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::compare::PlacementChangeKind;
using boarddiff::compare::PlacementDiff;
using boarddiff::compare::Sighting;
using boarddiff::imaging::Point;

namespace {

PlacedPart part(const std::string& name, double x, double y, const Point& size = {2, 1}, double angle_deg = 0) {
  return {.designator = name, .centre_mm = {x, y}, .angle_deg = angle_deg, .size_mm = size};
}

// A chip, a row of six equal resistors a millimetre and a half apart, and a connector.
Placement board() {
  Placement placement;
  placement.parts = {part("U1", 10, 10, {5, 6}), part("J1", 30, 30, {20, 5})};
  for (int i = 0; i < 6; ++i) {
    placement.parts.push_back(part("R" + std::to_string(i + 1), 20 + 1.5 * i, 10, {1.6, 0.8}, 90));
  }
  return placement;
}

// The same as a picture shows it: no names, and up to half turns alone.
Placement seen(Placement placement) {
  placement.pictured = true;
  int number = 0;
  for (PlacedPart& one : placement.parts) {
    one.designator = "?" + std::to_string(++number);
    one.sighting = Sighting::seen;
    one.centre_mm += Point(0.1, -0.05);
  }
  return placement;
}

}  // namespace

TEST_CASE("a board does not differ from itself, nor from its picture", "[compare][placement_diff]") {
  CHECK(diff_placements(board(), board()).changes.empty());
  const PlacementDiff diff = diff_placements(board(), seen(board()));
  CHECK(diff.changes.empty());
  CHECK(diff.same == 8);
}

TEST_CASE("a gap in a row of equal parts is one missing part", "[compare][placement_diff]") {
  Placement gap = seen(board());
  gap.parts.erase(gap.parts.begin() + 4);
  const PlacementDiff diff = diff_placements(board(), gap);
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.changes[0].kind == PlacementChangeKind::missing);
  CHECK(diff.changes[0].before->designator == "R3");
  CHECK(diff.same == 7);
}

TEST_CASE("what is moved, turned, exchanged or added is told apart", "[compare][placement_diff]") {
  Placement changed = seen(board());
  changed.parts[0].centre_mm += Point(0, 3);
  changed.parts[1].angle_deg = 90;
  changed.parts[2].size_mm = Point(4, 3);
  changed.parts.push_back(part("?9", 50, 12));
  changed.parts.back().sighting = Sighting::seen;
  const PlacementDiff diff = diff_placements(board(), changed);
  REQUIRE(diff.changes.size() == 5);
  CHECK(diff.changes[0].kind == PlacementChangeKind::missing);
  CHECK(diff.changes[0].before->designator == "R1");
  CHECK(diff.changes[1].kind == PlacementChangeKind::extra);
  CHECK(diff.changes[2].kind == PlacementChangeKind::extra);
  CHECK(diff.changes[3].kind == PlacementChangeKind::moved);
  CHECK(diff.changes[3].before->designator == "U1");
  CHECK(diff.changes[3].moved_mm == Approx(2.95).margin(0.01));
  CHECK(diff.changes[4].kind == PlacementChangeKind::turned);
  CHECK(diff.changes[4].before->designator == "J1");
  CHECK(diff.changes[4].turned_deg == Approx(90));
}

TEST_CASE("designs tell half turns, other sides and new sizes by name", "[compare][placement_diff]") {
  Placement changed = board();
  changed.parts[0].angle_deg = 180;
  changed.parts[1].side = BoardSide::bottom;
  changed.parts[2].size_mm = Point(4, 3);
  changed.parts[3].populated = false;
  const PlacementDiff diff = diff_placements(board(), changed);
  REQUIRE(diff.changes.size() == 4);
  CHECK(diff.changes[0].kind == PlacementChangeKind::missing);
  CHECK(diff.changes[0].before->designator == "R2");
  CHECK(diff.changes[1].kind == PlacementChangeKind::moved);
  CHECK(diff.changes[2].turned_deg == Approx(180));
  CHECK(diff.changes[3].kind == PlacementChangeKind::resized);
  // An outline looks the same after half a turn, and U1's, which is hardly longer than wide, says nothing.
  Placement picture = seen(board());
  picture.parts[0].angle_deg = 40;
  picture.parts[1].angle_deg = 180;
  CHECK(diff_placements(board(), picture).changes.empty());
}

TEST_CASE("nothing is said of what the picture does not show", "[compare][placement_diff]") {
  Placement part_view = seen(board());
  part_view.parts.resize(1);
  part_view.places = boarddiff::compare::PlacesInPicture{.shown_mm = {{0, 0}, {15, 0}, {15, 15}, {0, 15}}};
  CHECK(diff_placements(board(), part_view).changes.empty());
}

TEST_CASE("what a picture shows something of is neither missing nor extra", "[compare][placement_diff]") {
  Placement picture = seen(board());
  picture.parts.erase(picture.parts.begin() + 4);  // R3 at (23, 10)
  picture.places = boarddiff::compare::PlacesInPicture{.shown_mm = {{0, 0}, {60, 0}, {60, 60}, {0, 60}}};
  CHECK(diff_placements(board(), picture).changes.size() == 1);
  picture.places->likelihood.part = cv::Mat1f(60, 60, 0.0F);
  CHECK(diff_placements(board(), picture).changes.size() == 1);
  picture.places->likelihood.part(cv::Rect(22, 9, 3, 3)) = 0.5F;
  const PlacementDiff unclear = diff_placements(board(), picture);
  CHECK(unclear.changes.empty());
  REQUIRE(unclear.unclear.size() == 1);
  CHECK(unclear.unclear[0].designator == "R3");
  CHECK(diff_placements(picture, board()).unclear.size() == 1);
  CHECK_THAT(diff_text(unclear, board(), DiffFormat::text, {"a", "b"}),
             Catch::Contains("7 are the same, and of R3 that is unclear"));
}

TEST_CASE("a part of another size in the same place is a difference, however surely a part is seen there",
          "[compare][placement_diff]") {
  Placement exchanged = seen(board());
  exchanged.parts[0].size_mm = Point(10, 10);
  exchanged.places = boarddiff::compare::PlacesInPicture{.shown_mm = {{0, 0}, {60, 0}, {60, 60}, {0, 60}}};
  exchanged.places->likelihood.part = cv::Mat1f(60, 60, 1.0F);
  const PlacementDiff diff = diff_placements(board(), exchanged);
  REQUIRE(diff.changes.size() == 2);
  CHECK(diff.changes[0].before->designator == "U1");
  CHECK(diff.changes[1].after->designator == "?1");
  CHECK(diff.unclear.empty());
}

TEST_CASE("designs with different origins are brought into one frame by the parts that both name",
          "[compare][placement_diff]") {
  Placement moved = board();
  for (PlacedPart& one : moved.parts) {
    one.centre_mm += Point(100, -20);
  }
  moved.parts[0].centre_mm += Point(2, 0);
  const Placement framed = in_frame_of(board(), moved);
  CHECK(framed.parts[1].centre_mm.isApprox(Point(30, 30), 1e-5));
  REQUIRE(framed.notes.size() == 1);
  CHECK_THAT(framed.notes[0], Catch::Contains("moved by -100.00, 20.00 mm"));
  const PlacementDiff diff = diff_placements(board(), framed);
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.changes[0].moved_mm == Approx(2).margin(1e-4));
  CHECK(in_frame_of(board(), board()).notes.empty());
}

TEST_CASE("differences are told by their neighbours", "[compare][placement_diff]") {
  Placement changed = seen(board());
  changed.parts.erase(changed.parts.begin() + 4);
  changed.parts.push_back(part("?9", 32.5, 24, {3, 3}));
  changed.parts.back().sighting = Sighting::seen;
  const PlacementDiff diff = diff_placements(board(), changed);
  const std::string text = diff_text(diff, board(), DiffFormat::text, {"a.kicad_pcb", "b.jpg"});
  CHECK(text ==
        "missing: R3 (1.6 x 0.8 mm); 1.5 mm right of R2\n"
        "extra: ?9 (3.0 x 3.0 mm); 6.5 mm above J1\n"
        "2 parts differ between a.kicad_pcb and b.jpg, 7 are the same\n");
  const std::string csv = diff_text(diff, board(), DiffFormat::csv, {});
  CHECK_THAT(csv, Catch::Contains("\nmissing,R3,,top,23,10,,,,,1.5 mm right of R2\n") &&
                      Catch::Contains("\nextra,?9,,top,,,32.5,24,,,6.5 mm above J1\n"));
  const auto json = nlohmann::json::parse(diff_text(diff, board(), DiffFormat::json, {"a", "b"}));
  CHECK(json["schema"] == "boarddiff.layout-diff/1");
  REQUIRE(json["changes"].size() == 2);
  CHECK(json["changes"][0]["before"]["designator"] == "R3");
  CHECK(json["changes"][1]["before"].is_null());
  CHECK(json["changes"][1]["near"] == "6.5 mm above J1");
  CHECK(json["same"] == 7);
}

TEST_CASE("every option of the difference outside its range is reported by name", "[compare][placement_diff]") {
  const auto found = problems(boarddiff::compare::PlacementDiffOptions{
      .same_place_mm = 0, .max_move_mm = 0, .min_turn_deg = 0, .max_size_ratio = 1});
  REQUIRE(found.size() == 4);
  CHECK(found[0].flag == "--diff.same-place-mm");
}
