// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_file.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::compare::placement_in_bytes;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using Catch::Contains;

namespace {

// R1 (0603) at (25.4, -50.8) in the file's frame, a through-hole header J1, C1 on the bottom, a test point and a via.
std::string small_netlist(const std::string& unit = "P  UNITS CUST 0") {
  return "C  a board\nP  CODE 00\n" + unit +
         "\nP  VER   IPC-D-356A\n"
         "389BOARD EDGE       X+000000Y+000000X+020000Y-040000\n"
         "089                 X+000000Y+000000\n"
         "327GND              R1    -1          A01X+009700Y-020000X0354Y0374R000S2\n"
         "327NET 1            R1    -2          A01X+010300Y-020000X0354Y0374R180S2\n"
         "317GND              J1    -1    D0400PA00X+012000Y-030000X0670Y0000R000S0\n"
         "317NET 1            J1    -2    D0400PA00X+012000Y-031000X0670Y0000R000S0\n"
         "327GND              C1    -1          A02X 002000Y-001000X0200Y0600R090S1\r\n"
         "327NET 1            C1    -2          A02X+002000Y-001600X0200Y0600R270S1\r\n"
         "327NET 1            TP1   -1          A01X+005000Y-001600X0354Y0000R000S2\n"
         "317NET 1            VIA        MD0157PA00X+011000Y-021000X0236Y0000R000S3\n"
         "999\n"
         "327NET 1            R9    -1          A01X+005000Y-001600X0354Y0000R000S2\n";
}

const PlacedPart& part_named(const Placement& placement, const std::string& designator) {
  for (const PlacedPart& part : placement.parts) {
    if (part.designator == designator) return part;
  }
  throw std::runtime_error(designator + " is not there");
}

void check_refused(const std::string& text, ErrorCode code, const std::string& reason) {
  try {
    static_cast<void>(placement_in_bytes(text, "board.ipc"));
    FAIL("was read");
  } catch (const Error& error) {
    CHECK(error.code() == code);
    CHECK_THAT(error.what(), Contains(reason));
  }
}

}  // namespace

TEST_CASE("a part of a netlist is the box around its pads", "[compare][placement]") {
  const Placement placement = placement_in_bytes(small_netlist(), "board.ipc");
  REQUIRE(placement.parts.size() == 3);
  const PlacedPart& resistor = part_named(placement, "R1");
  CHECK(resistor.side == BoardSide::top);
  CHECK(resistor.centre_mm.x() == Approx(25.4));
  CHECK(resistor.centre_mm.y() == Approx(50.8));
  REQUIRE(resistor.size_mm);
  CHECK(resistor.size_mm->x() == Approx(0.00254 * 954));
  CHECK(resistor.size_mm->y() == Approx(0.00254 * 374));
  CHECK(part_named(placement, "C1").side == BoardSide::bottom);
  // Pads that are turned by a quarter are as wide as they are high otherwise.
  CHECK(part_named(placement, "C1").size_mm->x() == Approx(0.00254 * 600));
  CHECK(part_named(placement, "C1").size_mm->y() == Approx(0.00254 * 800));
  CHECK(placement.parts[0].designator == "R1");
  CHECK(part_named(placement, "J1").size_mm->y() == Approx(0.00254 * 1670));
}

TEST_CASE("what a netlist cannot tell is noted", "[compare][placement]") {
  const Placement placement = placement_in_bytes(small_netlist(), "board.ipc");
  REQUIRE(placement.notes.size() == 2);
  CHECK_THAT(placement.notes[0], Contains("tells of pads alone"));
  CHECK_THAT(placement.notes[1], Contains("through-hole parts stand: the top"));
}

TEST_CASE("a netlist is in microns where it says so", "[compare][placement]") {
  const auto* unit = GENERATE("P  UNITS CUST 1", "P  UNITS SI");
  const Placement placement = placement_in_bytes(small_netlist(unit), "board.ipc");
  CHECK(part_named(placement, "R1").centre_mm.x() == Approx(10));
}

TEST_CASE("a damaged netlist is refused with its line", "[compare][placement]") {
  check_refused(small_netlist("P  UNITS FURLONG"), ErrorCode::damaged_file,
                "board.ipc:3: the unit \"FURLONG\" is not known");
  std::string no_number = small_netlist();
  no_number.replace(no_number.find("Y-020000"), 8, "Y-O20000");
  check_refused(no_number, ErrorCode::damaged_file, "board.ipc:7: the pad's place is no pair of numbers");
  std::string far_off = small_netlist("P  UNITS CUST 1");
  far_off.replace(far_off.find("X+009700"), 8, "X+99999999");
  check_refused(far_off, ErrorCode::damaged_file, "board.ipc:7: the pad lies on no board");
  check_refused("327NET 1            TP1   -1          A01X+005000Y-001600X0354Y0000R000S2\n999\n",
                ErrorCode::unsupported_format, "no part has two pads");
}
