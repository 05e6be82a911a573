// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_table.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::parse_placement_table;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::imaging::Error;
using boarddiff::imaging::Point;
using Catch::Contains;

namespace {

Placement parsed(const std::string& text) { return parse_placement_table(text, "parts.csv"); }

std::string refusal(const std::string& text) {
  try {
    (void)parsed(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

void check_at(const PlacedPart& part, double x_mm, double y_mm) {
  CHECK(part.centre_mm.x() == Approx(x_mm));
  CHECK(part.centre_mm.y() == Approx(y_mm));
}

}  // namespace

TEST_CASE("KiCad's table of positions: y and angles turned round, both sides", "[compare][placement]") {
  const Placement placement = parsed(
      "Ref,Val,Package,PosX,PosY,Rot,Side\n"
      "\"C1\",\"100n, X7R\",\"C_0402_1005Metric\",112.500000,-87.250000,90.000000,top\n"
      "\"U2\",\"W25Q128\",\"SOIC-8\",10.000000,20.000000,-45.000000,bottom\n");
  REQUIRE(placement.parts.size() == 2);
  const PlacedPart& first = placement.parts[0];
  CHECK(first.designator == "C1");
  CHECK(first.value == "100n, X7R");
  CHECK(first.package == "C_0402_1005Metric");
  CHECK(first.side == BoardSide::top);
  check_at(first, 112.5, 87.25);
  CHECK(first.angle_deg == Approx(270));
  CHECK(placement.parts[1].side == BoardSide::bottom);
  check_at(placement.parts[1], 10, -20);
  CHECK(placement.parts[1].angle_deg == Approx(45));
}

TEST_CASE("KiCad's .pos file: names behind a hash, blanks, the unit above", "[compare][placement]") {
  const Placement placement = parsed(
      "### Footprint positions - created on Mon 02 Mar 2026 ###\n"
      "### Printed by KiCad version 7.0.11\n"
      "## Unit = inches, Angle = deg.\n"
      "## Side : All\n"
      "# Ref     Val       Package                PosX       PosY       Rot  Side\n"
      "R1        10k       R_0603_1608Metric    1.0000    -2.0000    0.0000  top\n"
      "## End\n");
  REQUIRE(placement.parts.size() == 1);
  check_at(placement.parts[0], 25.4, 50.8);
  CHECK(placement.parts[0].angle_deg == 0);
  CHECK(placement.notes.empty());
}

TEST_CASE("Altium's table: what stands above, units in the columns' names, the centre before the other points",
          "[compare][placement]") {
  const Placement placement = parsed(
      "Altium Designer Pick and Place Locations\r\n"
      "C:\\Projects\\X200\\Pick Place for X200.csv\r\n"
      "\r\n"
      "========\r\n"
      "Date:       02.03.26\r\n"
      "Units used: mil\r\n"
      "\r\n"
      "\"Designator\",\"Comment\",\"Layer\",\"Footprint\",\"Ref-X(mm)\",\"Ref-Y(mm)\",\"Center-X(mm)\",\"Center-Y(mm)"
      "\","
      "\"Rotation\",\"Description\"\r\n"
      "\"U7\",\"MX25L12835F\",\"TopLayer\",\"SOP8\",\"1.0\",\"1.0\",\"52.3200\",\"17.7800\",\"180\",\"Flash, 128 "
      "Mbit\"\r\n"
      "\"D1\",\"LED\",\"BottomLayer\",\"0603\",\"1.0\",\"1.0\",\"-3.0000\",\"4.0000\",\"360\",\"\"\r\n");
  REQUIRE(placement.parts.size() == 2);
  CHECK(placement.parts[0].value == "MX25L12835F");
  CHECK(placement.parts[0].package == "SOP8");
  check_at(placement.parts[0], 52.32, -17.78);
  CHECK(placement.parts[1].side == BoardSide::bottom);
  CHECK(placement.parts[1].angle_deg == 0);
}

TEST_CASE("units stand behind numbers, too, and win", "[compare][placement]") {
  const Placement placement =
      parsed("Designator,Mid X,Mid Y,Layer,Rotation\nR1,100mil,2.54mm,T,0\nR2,\"1,234.5mil\",0.1in,B,0\n");
  REQUIRE(placement.parts.size() == 2);
  check_at(placement.parts[0], 2.54, -2.54);
  check_at(placement.parts[1], 31.3563, -2.54);
}

TEST_CASE("each column has its own unit", "[compare][placement]") {
  const Placement placement = parsed("Units: inch\nRef,X (mm),Y (mil),Side\nR1,1,100,top\n");
  REQUIRE(placement.parts.size() == 1);
  check_at(placement.parts[0], 1, -2.54);
}

TEST_CASE("decimal commas are read where semicolons or tabs separate", "[compare][placement]") {
  for (const char separator : {';', '\t'}) {
    std::string text = "RefDes;X (mm);Y (mm);Rotation;Side\nR1;12,75;-3,5;22,5;Bottom\nR2;1.012,75;0;0;Top\n";
    std::replace(text.begin(), text.end(), ';', separator);
    const Placement placement = parsed(text);
    REQUIRE(placement.parts.size() == 2);
    check_at(placement.parts[0], 12.75, 3.5);
    CHECK(placement.parts[0].angle_deg == Approx(337.5));
    CHECK(placement.parts[1].centre_mm.x() == Approx(1012.75));
  }
}

TEST_CASE("Eagle's lists name no columns, and no unit", "[compare][placement]") {
  const Placement placement = parsed("C1 41.91 34.77 180 0.1uF C0603\nIC3 5.08 7.62 90 ATMEGA328P TQFP32\n");
  REQUIRE(placement.parts.size() == 2);
  CHECK(placement.parts[1].designator == "IC3");
  CHECK(placement.parts[1].value == "ATMEGA328P");
  CHECK(placement.parts[1].package == "TQFP32");
  check_at(placement.parts[1], 5.08, -7.62);
  CHECK(placement.parts[1].angle_deg == Approx(270));
  REQUIRE(placement.notes.size() == 2);
  CHECK_THAT(placement.notes[0], Contains("No unit is named"));
  CHECK_THAT(placement.notes[1], Contains("on the top"));
}

TEST_CASE("a designator that stands twice is said", "[compare][placement]") {
  const Placement placement = parsed("Ref,X (mm),Y (mm),Side\nR1,1,1,top\nR1,2,2,top\nR2,3,3,top\n");
  CHECK(placement.parts.size() == 3);
  REQUIRE(placement.notes.size() == 1);
  CHECK_THAT(placement.notes[0], Contains("More than one part is called R1."));
}

TEST_CASE("a table whose columns are not known is refused with their names", "[compare][placement]") {
  CHECK_THAT(refusal("Bauteil,Rechtswert,Hochwert\nR1,1,2\n"),
             Contains("parts.csv: no line names the columns of a placement table") &&
                 Contains("line 1 has \"Bauteil\", \"Rechtswert\", \"Hochwert\"") && Contains("Designator (Ref, "));
  CHECK_THAT(refusal(""), Contains("it holds no table"));
  CHECK_THAT(refusal("Ref,X\nR1,1\n"), Contains("line 1 has \"Ref\", \"X\""));
}

TEST_CASE("what is no place is refused with its line", "[compare][placement]") {
  const std::string head = "Ref,X (mm),Y (mm),Rot,Side\n\nR1,1,1,0,top\n";
  CHECK_THAT(refusal(head + "R2,one,1,0,top\n"), Contains("parts.csv:4: \"one\" is no length"));
  CHECK_THAT(refusal(head + "R2,1,1e9,0,top\n"), Contains("parts.csv:4: \"1e9\" is farther than 2 m away"));
  CHECK_THAT(refusal(head + "R2,1,nan,0,top\n"), Contains("\"nan\" is no length"));
  CHECK_THAT(refusal(head + "R2,1,1 furlong,0,top\n"), Contains("\"1 furlong\" is no length"));
  CHECK_THAT(refusal(head + "R2,1,1,left,top\n"), Contains("\"left\" is no angle"));
  CHECK_THAT(refusal(head + "R2,1,1,0,inner\n"), Contains("\"inner\" is neither top nor bottom"));
  CHECK_THAT(refusal(head + "R2,1\n"), Contains("parts.csv:4: has 2 cells, and the place is in number 3"));
}
