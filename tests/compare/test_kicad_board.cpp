// SPDX-License-Identifier: Apache-2.0
#include "compare/kicad_board.h"
#include "imaging/base/error.h"
#include "tests/support/kicad_text.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
namespace test = boarddiff::test;
using compare::KicadBoard;
using compare::KicadFootprint;
using compare::KicadPad;
using imaging::Point;

namespace {

const KicadFootprint& footprint_named(const KicadBoard& board, const std::string& reference) {
  const auto found = std::find_if(board.footprints.begin(), board.footprints.end(),
                                  [&](const KicadFootprint& one) { return one.reference == reference; });
  REQUIRE(found != board.footprints.end());
  return *found;
}

// Where a pad's middle lies on the board.
Point pad_on_board(const KicadFootprint& footprint, std::size_t pad) {
  return footprint.on_board(footprint.pads.at(pad).position_mm);
}

std::string failure_of(const std::string& text) {
  try {
    static_cast<void>(compare::parse_kicad_board(text, "board.kicad_pcb"));
  } catch (const imaging::Error& error) {
    return error.what();
  }
  return "no failure";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an outline of lines and arcs in any order is one closed shape with its cut-out", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  CHECK(board.width_mm == Approx(40));
  CHECK(board.depth_mm == Approx(30));
  CHECK(board.thickness_mm == Approx(1.2));
  CHECK(board.notes.empty());
  CHECK(board.outline_mm.size() > 8);  // four corners and an arc
  double least_from_corner = 100;
  for (const Point& corner : board.outline_mm) {
    least_from_corner = std::min(least_from_corner, corner.norm());
  }
  CHECK(least_from_corner == Approx(2 * std::sqrt(2.0) - 2).margin(0.03));  // a radius of 2 mm
  REQUIRE(board.cutouts_mm.size() == 1);
  const imaging::Box cutout = imaging::bounding_box(board.cutouts_mm.front());
  CHECK(cutout.centre().x() == Approx(5).margin(0.03));
  CHECK(cutout.width == Approx(4).margin(0.05));
  CHECK(board.front_mask == "Blue");
  CHECK(board.back_mask == "Black");
  CHECK(board.finish == "ENIG");
}

TEST_CASE("footprints keep reference, value, place and attributes", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  REQUIRE(board.footprints.size() == 4);
  const KicadFootprint& resistor = footprint_named(board, "R1");
  CHECK(resistor.value == "10k");
  CHECK(resistor.name == "R_0603_1608Metric");
  CHECK(resistor.library == "Resistor_SMD");
  CHECK(resistor.surface_mount);
  CHECK_FALSE(resistor.do_not_populate);
  CHECK(resistor.position_mm.isApprox(Point(10, 10)));
  REQUIRE(resistor.body_mm);
  CHECK(resistor.body_mm->width == Approx(1.6));
  REQUIRE(resistor.courtyard_mm);
  CHECK(resistor.courtyard_mm->height == Approx(1.4));
  const KicadFootprint& circuit = footprint_named(board, "U1");
  CHECK(circuit.value == "LM358 \"dual\"");
  CHECK(circuit.do_not_populate);
  CHECK(circuit.not_in_bom);
  CHECK(footprint_named(board, "C1").side == compare::KicadSide::back);
}

TEST_CASE("a footprint turned counter-clockwise by 90 degrees has its left pad below", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  const KicadFootprint& resistor = footprint_named(board, "R1");
  CHECK(resistor.angle_deg == Approx(-90));
  CHECK(pad_on_board(resistor, 0).isApprox(Point(10, 10.775), 1e-9));
  CHECK(resistor.pads[0].angle_deg == Approx(0).margin(1e-9));
  CHECK(resistor.pads[0].shape == KicadPad::Shape::round_rectangle);
}

TEST_CASE("holes have size, shape and the copper's offset", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  const KicadFootprint& header = footprint_named(board, "J1");
  CHECK(header.pads[0].kind == KicadPad::Kind::plated_hole);
  CHECK(header.pads[0].drill_mm.isApprox(Point(1, 1)));
  CHECK(header.pads[2].drill_mm.isApprox(Point(1, 1.2)));
  CHECK(header.pads[2].offset_mm.isApprox(Point(0.1, 0)));
  CHECK(compare::covers(header.pads[0].layers, "B.Cu"));
  CHECK(compare::covers(header.pads[0].layers, "F.Mask"));
  CHECK_FALSE(compare::covers(footprint_named(board, "R1").pads[0].layers, "B.Cu"));
}

TEST_CASE("texts say where they stand, how they are drawn and whether they are hidden", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  REQUIRE(board.texts.size() == 2);
  CHECK(board.texts[0].text == "FRONT\nSIDE");
  CHECK(board.texts[0].height_mm == Approx(1.5));
  CHECK_FALSE(board.texts[0].hidden);
  CHECK(board.texts[1].hidden);
  const KicadFootprint& resistor = footprint_named(board, "R1");
  REQUIRE(resistor.texts.size() == 3);
  CHECK(resistor.texts[0].angle_deg + resistor.angle_deg == Approx(-90));  // read from the right
  CHECK(resistor.texts[1].hidden);
  CHECK(resistor.texts[2].text == "R1");  // stands for the reference
  const KicadFootprint& capacitor = footprint_named(board, "C1");
  CHECK(capacitor.texts[0].mirrored);
  // Turned by 180 degrees with its part, and drawn upright all the same.
  CHECK(capacitor.texts[0].angle_deg + capacitor.angle_deg == Approx(0).margin(1e-9));
  CHECK(footprint_named(board, "U1").texts[1].hidden);
}

TEST_CASE("copper is read by layer", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_6_board(), "board");
  REQUIRE(board.tracks.size() == 2);
  CHECK(board.tracks[0].layer == "F.Cu");
  CHECK(board.tracks[0].points_mm[1].isApprox(Point(18, 9.225)));
  CHECK(board.tracks[1].width_mm == Approx(0.2));
  REQUIRE(board.vias.size() == 1);
  CHECK(board.vias[0].drill_mm == Approx(0.4));
  REQUIRE(board.fills.size() == 1);  // the filled area, not the drawn one
  CHECK(board.fills[0].layer == "B.Cu");
  CHECK(board.fills[0].outline_mm.size() == 5);
}

TEST_CASE("files of KiCad 5 are read, with layers under the user's names", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_5_board(), "board");
  CHECK(board.version == 20171130);
  CHECK(board.width_mm == Approx(40));
  CHECK(board.notes.empty());  // ends 0.01 mm apart meet
  const KicadFootprint& resistor = footprint_named(board, "R1");
  CHECK(resistor.side == compare::KicadSide::front);
  CHECK(compare::covers(resistor.pads[0].layers, "F.Cu"));
  CHECK(resistor.texts[2].text == "R1");
  const KicadFootprint& capacitor = footprint_named(board, "C1");
  CHECK(capacitor.side == compare::KicadSide::back);
  CHECK(capacitor.not_in_position_files);
  CHECK(capacitor.texts[0].hidden);
  CHECK(board.tracks[0].layer == "F.Cu");
  CHECK(board.vias[0].last_layer == "B.Cu");
  CHECK(board.fills[0].layer == "B.Cu");
}

TEST_CASE("an arc of KiCad 5 turns clockwise about its centre", "[compare][kicad_board]") {
  const KicadBoard board = compare::parse_kicad_board(test::kicad_5_board(), "board");
  const auto& graphics = footprint_named(board, "R1").graphics;
  REQUIRE(graphics.size() == 2);
  CHECK(graphics[1].points_mm.front().isApprox(Point(0.5, 0)));
  CHECK((graphics[1].points_mm.back() - Point(0, 0.5)).norm() < 1e-9);
}

TEST_CASE("without a closed outline a rectangle around the copper stands for it", "[compare][kicad_board]") {
  const std::string text = with(test::kicad_5_board(), "(gr_line (start 140 80) (end 140 50)", "(skipped");
  const KicadBoard board = compare::parse_kicad_board(text, "board");
  CHECK(board.notes.size() == 2);
  CHECK(board.width_mm == Approx(118 - 109.05 + 4).margin(0.01));
}

TEST_CASE("what is wrong with a board file is told with its line", "[compare][kicad_board]") {
  const std::string good = test::kicad_5_board();
  CHECK(failure_of("") == "board.kicad_pcb: is not a board of KiCad (.kicad_pcb)");
  CHECK(failure_of("(kicad_sch (version 1))") == "board.kicad_pcb: is not a board of KiCad (.kicad_pcb)");
  CHECK(failure_of("(kicad_pcb)") == "board.kicad_pcb:1: holds neither an outline nor pads nor tracks");
  CHECK(failure_of("(kicad_pcb\n (net 0") == "board.kicad_pcb:2: begins a list that is not closed");
  CHECK(failure_of("(kicad_pcb\n\n (net \"a) )") == "board.kicad_pcb:3: begins a quoted text that does not end");
  CHECK(failure_of("(kicad_pcb (net 0)))") == "board.kicad_pcb:1: closes a parenthesis that is not open");
  CHECK(failure_of(with(good, "(at 110 60 90)", "(at 110 x6 90)")) ==
        "board.kicad_pcb:6: has 'x6' where a number belongs");
  CHECK(failure_of(with(good, "(at 110 60 90)", "(at 110)")) == "board.kicad_pcb:6: 'at' lacks two numbers");
  CHECK(failure_of(with(good, "(size 0.9 0.95)", "")) == "board.kicad_pcb:14: 'pad' lacks 'size'");
  CHECK(failure_of(with(good, "(end 140 50)", "(end 14e40 50)")) ==
        "board.kicad_pcb:22: has '14e40' where a number belongs");
  CHECK(failure_of(with(good, "(end 140 50)", "(end nan 50)")) ==
        "board.kicad_pcb:22: has 'nan' where a number belongs");
  CHECK(failure_of("(kicad_pcb " + std::string(100, '(')) == "board.kicad_pcb:1: is nested more than 64 deep");
}

TEST_CASE("a board file that cannot be read is told as such", "[compare][kicad_board]") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(compare::read_kicad_board(folder / "missing.kicad_pcb"), imaging::Error);
  CHECK_THROWS_AS(compare::read_kicad_board(folder.path()), imaging::Error);
  test::write_text(folder / "board.kicad_pcb", test::kicad_6_board());
  CHECK(compare::read_kicad_board(folder / "board.kicad_pcb").footprints.size() == 4);
}
