// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_file.h"
#include "tests/support/kicad_text.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::compare::placement_in_bytes;
using boarddiff::compare::read_placement;
using boarddiff::test::TemporaryFolder;
using boarddiff::test::write_text;
using Catch::Contains;

namespace {

const PlacedPart& part_named(const Placement& placement, const std::string& designator) {
  const auto found = std::find_if(placement.parts.begin(), placement.parts.end(),
                                  [&](const PlacedPart& part) { return part.designator == designator; });
  REQUIRE(found != placement.parts.end());
  return *found;
}

void check_at(const PlacedPart& part, double x_mm, double y_mm) {
  CHECK(part.centre_mm.x() == Approx(x_mm));
  CHECK(part.centre_mm.y() == Approx(y_mm));
}

}  // namespace

TEST_CASE("a board of KiCad gives its parts with their bodies", "[compare][placement]") {
  const Placement placement = placement_in_bytes(boarddiff::test::kicad_6_board(), "board.kicad_pcb");
  CHECK(placement.parts.size() == 4);
  CHECK(placement.outline_mm.has_value());
  const PlacedPart& resistor = part_named(placement, "R1");
  check_at(resistor, 10, 10);
  CHECK(resistor.value == "10k");
  CHECK(resistor.package == "R_0603_1608Metric");
  CHECK(resistor.angle_deg == Approx(270));
  REQUIRE(resistor.size_mm);
  CHECK(resistor.size_mm->x() == Approx(1.6));
  CHECK(resistor.size_mm->y() == Approx(0.8));
  CHECK(resistor.populated);
  CHECK_FALSE(part_named(placement, "U1").populated);
  CHECK(part_named(placement, "C1").side == BoardSide::bottom);
}

TEST_CASE("a part's place is the middle of its body, not its first pin", "[compare][placement]") {
  const Placement placement = placement_in_bytes(boarddiff::test::kicad_6_board(), "board.kicad_pcb");
  check_at(part_named(placement, "J1"), 30, 22.54);  // anchored at (30, 20)
}

TEST_CASE("a table is read in the encoding that it has", "[compare][placement]") {
  const std::string table = "Ref,Val,X (mm),Y (mm),Side\nC1,10\xB5,1,2,top\n";  // Windows-1252
  CHECK(part_named(placement_in_bytes(table, "t"), "C1").value == "10\xC2\xB5");
  std::string wide = "\xFF\xFE";
  for (const char c : table) {
    wide += {c, '\0'};
  }
  CHECK(part_named(placement_in_bytes(wide, "t"), "C1").value == "10\xC2\xB5");
}

TEST_CASE("files that hold no placement are refused by name", "[compare][placement]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_placement(folder / "none.csv"), Contains("none.csv: cannot be opened"));
  CHECK_THROWS_WITH(read_placement(folder.path()), Contains("is a directory"));
  write_text(folder / "board.kicad_pcb", "(kicad_pcb (version 20221018)");
  CHECK_THROWS_WITH(read_placement(folder / "board.kicad_pcb"), Contains("board.kicad_pcb"));
  write_text(folder / "picture.csv", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
  CHECK_THROWS_WITH(read_placement(folder / "picture.csv"), Contains("picture.csv: is no design"));
}
