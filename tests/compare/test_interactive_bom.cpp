// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_file.h"
#include "imaging/base/error.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::Placement;
using boarddiff::compare::placement_in_bytes;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

Json footprint(const std::string& name, const std::string& layer, double angle) {
  return {{"ref", name},
          {"layer", layer},
          {"center", {0, 0}},
          {"bbox", {{"pos", {10, 20}}, {"relpos", {-1, -2}}, {"size", {6, 4}}, {"angle", angle}}}};
}

Json small_board() {
  return {{"edges_bbox", {{"minx", 0}, {"miny", 1}, {"maxx", 40}, {"maxy", 31}}},
          {"footprints", {footprint("R1", "F", 0), footprint("U2", "B", 90), footprint("J3", "F", 0)}},
          {"bom", {{"skipped", {2}}, {"fields", {{"0", {"10k", "R_0603"}}, {"1", {"MCU", "QFP"}}}}}}};
}

void check_refused(const std::string& text, ErrorCode code, const std::string& reason) {
  try {
    static_cast<void>(placement_in_bytes(text, "bom.html"));
    FAIL("was read");
  } catch (const Error& error) {
    CHECK(error.code() == code);
    CHECK_THAT(error.what(), Contains("bom.html: ") && Contains(reason));
  }
}

}  // namespace

TEST_CASE("the data of an InteractiveHtmlBom give its parts", "[compare][placement]") {
  const std::string data = small_board().dump();
  const auto text = GENERATE_COPY(std::string(data), "\n " + data,
                                  "<html><script>\nvar config = {};\nvar pcbdata = " + data + "\nvar x = 1;</script>");
  const Placement placement = placement_in_bytes(text, "bom.html");
  REQUIRE(placement.parts.size() == 3);
  CHECK(placement.parts[0].designator == "R1");
  CHECK(placement.parts[0].value == "10k");
  CHECK(placement.parts[0].package == "R_0603");
  CHECK(placement.parts[0].side == BoardSide::top);
  CHECK(placement.parts[0].populated);
  CHECK(placement.parts[0].centre_mm.x() == Approx(12));
  CHECK(placement.parts[0].centre_mm.y() == Approx(20));
  REQUIRE(placement.parts[0].size_mm);
  CHECK(placement.parts[0].size_mm->x() == Approx(6));
  // A quarter turn counter-clockwise takes what is right of the anchor above it.
  CHECK(placement.parts[1].side == BoardSide::bottom);
  CHECK(placement.parts[1].angle_deg == Approx(270));
  CHECK(placement.parts[1].centre_mm.x() == Approx(10));
  CHECK(placement.parts[1].centre_mm.y() == Approx(18));
  CHECK_FALSE(placement.parts[2].populated);
  REQUIRE(placement.outline_mm);
  CHECK(boarddiff::imaging::bounding_box(*placement.outline_mm).height == Approx(30));
}

TEST_CASE("what other programs hand to InteractiveHtmlBom is read", "[compare][placement]") {
  Json board = small_board();
  board.erase("bom");
  board["modules"] = board["footprints"];  // as versions before 2.4 have it
  board.erase("footprints");
  const Json document = {{"spec_version", 1},
                         {"pcbdata", board},
                         {"components",
                          {{{"ref", "R1"}, {"val", "22k"}, {"footprint_name", "R0402"}, {"layer", "F"}},
                           {{"ref", "U2"}, {"val", "DSP"}, {"footprint_name", "BGA"}, {"layer", "B"}}}}};
  const Placement placement = placement_in_bytes(document.dump(), "bom.json");
  REQUIRE(placement.parts.size() == 3);
  CHECK(placement.parts[0].value == "22k");
  CHECK(placement.parts[1].package == "BGA");
  CHECK(placement.parts[2].value.empty());
}

TEST_CASE("what is no InteractiveHtmlBom, or a damaged one, is refused", "[compare][placement]") {
  check_refused("<html>var pcbdata = JSON.parse(LZString.decompressFromBase64(\"N4Ig\"))",
                ErrorCode::unsupported_format, "its data are compressed");
  check_refused("{\"a\": 1}", ErrorCode::unsupported_format, "it has no footprints");
  check_refused("{\"footprints\": [", ErrorCode::damaged_file, "is no whole JSON");
  Json board = small_board();
  board["footprints"][1]["layer"] = "X";
  check_refused(board.dump(), ErrorCode::damaged_file, "the layer of U2 is neither F nor B");
  board = small_board();
  board["footprints"][0]["bbox"]["size"] = {1};
  check_refused(board.dump(), ErrorCode::damaged_file, "the size of R1 is no pair of numbers");
  board["footprints"][0]["bbox"]["size"] = {1, 1e9};
  check_refused(board.dump(), ErrorCode::damaged_file, "the size of R1 is no number that a board could have");
  board["footprints"][0].erase("bbox");
  check_refused(board.dump(), ErrorCode::damaged_file, "the place of R1 is no pair of numbers");
}
