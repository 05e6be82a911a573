// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_table.h"
#include "compare/placement_text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::ComponentKind;
using boarddiff::compare::LayoutFormat;
using boarddiff::compare::PartInPicture;
using boarddiff::compare::Placement;
using boarddiff::compare::placement_text;
using boarddiff::compare::Sighting;
using boarddiff::imaging::Point;
using Json = nlohmann::json;

namespace {

Placement two_parts() {
  Placement placement;
  placement.parts.push_back({.designator = "U7",
                             .value = "10\", flat",
                             .package = "SOIC-8",
                             .centre_mm = {12.5, 3},
                             .angle_deg = 90,
                             .size_mm = Point(4, 2)});
  placement.parts.push_back(
      {.designator = "R1", .side = BoardSide::bottom, .centre_mm = {1.0 / 3, -2}, .populated = false});
  placement.outline_mm = {{0, 0}, {40, 0}, {40, 30}};
  placement.notes = {"said"};
  return placement;
}

Json json_of(LayoutFormat format) { return Json::parse(placement_text(two_parts(), format, {"board.kicad_pcb"})); }

}  // namespace

TEST_CASE("a layout as CSV has a row a part, quoted where it has to be", "[compare][placement]") {
  CHECK(placement_text(two_parts(), LayoutFormat::csv, {"b"}) ==
        "designator,value,package,side,x_mm,y_mm,angle_deg,width_mm,height_mm,populated\n"
        "U7,\"10\"\", flat\",SOIC-8,top,12.5,3,90,4,2,yes\n"
        "R1,,,bottom,0.3333,-2,0,,,no\n");
}

TEST_CASE("our own list is read again as it was", "[compare][placement]") {
  const std::string csv = placement_text(two_parts(), LayoutFormat::csv, {"b"});
  const Placement again = boarddiff::compare::parse_placement_table(csv, "parts.csv");
  CHECK(placement_text(again, LayoutFormat::csv, {"b"}) == csv);
  CHECK(again.notes.empty());
}

TEST_CASE("a layout as JSON says where it comes from", "[compare][placement]") {
  const Json json = json_of(LayoutFormat::json);
  CHECK(json["schema"] == "boarddiff.layout/1");
  CHECK(json["source"] == "board.kicad_pcb");
  CHECK(json["notes"] == Json({"said"}));
  CHECK(json["outline_mm"].size() == 4);
  REQUIRE(json["parts"].size() == 2);
  CHECK(json["parts"][0]["centre_mm"] == Json({12.5, 3.0}));
  CHECK(json["parts"][0]["size_mm"] == Json({4.0, 2.0}));
  CHECK(json["parts"][1]["size_mm"].is_null());
  CHECK(json["parts"][1]["populated"] == false);
}

TEST_CASE("a layout as GeoJSON has turned bodies, and points where no body is known", "[compare][placement]") {
  const Json json = json_of(LayoutFormat::geojson);
  REQUIRE(json["features"].size() == 2);
  const Json& body = json["features"][0];
  CHECK(body["geometry"]["type"] == "Polygon");
  const Json& ring = body["geometry"]["coordinates"][0];
  REQUIRE(ring.size() == 5);
  CHECK(ring[0] == ring[4]);
  // Upper left before the turn by 90 degrees clockwise, upper right after it.
  CHECK(ring[0] == Json({13.5, 1.0}));
  CHECK(body["properties"]["designator"] == "U7");
  CHECK(json["features"][1]["geometry"] == Json({{"type", "Point"}, {"coordinates", {0.3333, -2.0}}}));
}

namespace {

// The same after a look at a picture, which shows the first alone.
Placement pictured_parts() {
  Placement placement = two_parts();
  placement.pictured = true;
  placement.parts[0].sighting = Sighting::seen;
  placement.parts[0].in_picture = PartInPicture{
      .outline_px = {{10, 20}, {50, 20}, {50, 40}, {10, 40}}, .kind = ComponentKind::ic, .confidence = 0.875};
  placement.parts[1].sighting = Sighting::missing;
  return placement;
}

}  // namespace

TEST_CASE("after a look at a picture the list says what is seen, and is still read again", "[compare][placement]") {
  const std::string csv = placement_text(pictured_parts(), LayoutFormat::csv, {"b"});
  CHECK(csv ==
        "designator,value,package,side,x_mm,y_mm,angle_deg,width_mm,height_mm,populated,seen,kind,confidence,x_px,"
        "y_px,width_px,height_px\n"
        "U7,\"10\"\", flat\",SOIC-8,top,12.5,3,90,4,2,yes,yes,ic,0.875,10,20,40,20\n"
        "R1,,,bottom,0.3333,-2,0,,,no,no,,,,,,\n");
  const Placement again = boarddiff::compare::parse_placement_table(csv, "parts.csv");
  CHECK(placement_text(again, LayoutFormat::csv, {"b"}) == placement_text(two_parts(), LayoutFormat::csv, {"b"}));
  const Json json = Json::parse(placement_text(pictured_parts(), LayoutFormat::json, {"b"}));
  CHECK(json["parts"][0]["seen"] == true);
  CHECK(json["parts"][0]["kind"] == "ic");
  CHECK(json["parts"][0]["outline_px"][2] == Json({50.0, 40.0}));
  CHECK(json["parts"][1]["seen"] == false);
  Placement unclear = pictured_parts();
  unclear.parts[1].sighting = Sighting::unclear;
  CHECK_THAT(placement_text(unclear, LayoutFormat::csv, {"b"}), Catch::Contains("no,unclear,,"));
  CHECK(Json::parse(placement_text(unclear, LayoutFormat::json, {"b"}))["parts"][1]["seen"].is_null());
  CHECK_FALSE(json["parts"][1].contains("kind"));
}

TEST_CASE("as COCO there are annotations of what the picture shows", "[compare][placement]") {
  const Json json = Json::parse(placement_text(pictured_parts(), LayoutFormat::coco, {"photo.jpg", {640, 480}}));
  REQUIRE(json["images"].size() == 1);
  CHECK(json["images"][0]["file_name"] == "photo.jpg");
  CHECK(json["images"][0]["width"] == 640);
  CHECK(json["categories"].size() == 8);
  REQUIRE(json["annotations"].size() == 1);
  const Json& part = json["annotations"][0];
  CHECK(part["bbox"] == Json({10.5, 20.5, 40.0, 20.0}));
  CHECK(part["area"] == 800.0);
  CHECK(part["segmentation"][0].size() == 8);
  CHECK(json["categories"][part["category_id"].get<std::size_t>() - 1]["name"] == "ic");
  CHECK(part["designator"] == "U7");
}
