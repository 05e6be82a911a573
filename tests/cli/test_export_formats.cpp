// SPDX-License-Identifier: Apache-2.0
#include "cli/export/formats.h"
#include "cli/regions_file.h"
#include "tests/cli/exported_case.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace boarddiff::cli;
using boarddiff::test::ExportedCase;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::inspected_in_size;
using boarddiff::test::kHostile;
using Catch::Contains;
using nlohmann::json;

namespace {

using Rows = std::vector<std::vector<std::string>>;

// As RFC 4180 says, line breaks within quotes included.
Rows rows_of_csv(const std::string& text) {
  Rows rows(1, std::vector<std::string>(1));
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') {
      is_quoted = !is_quoted;
      if (is_quoted && !rows.back().back().empty()) rows.back().back() += '"';
    } else if (c == ',' && !is_quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !is_quoted) {
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

std::string cell(const Rows& rows, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    if (rows[0][i] == column) return rows[row].at(i);
  }
  FAIL("there is no column " << column);
  return {};
}

// One board of each kind, with hostile words.
void fill(ExportedCase& some) {
  FindingRecord odd = finding_at(100.25, 0.5);
  odd.reason = kHostile;
  odd.near = "-1 mm above U1";
  BatchSample sample = some.made().sample("a b#1.jpg", "a");
  sample.serial = kHostile;
  sample.lot = "L\"1,2";
  const std::int64_t id = some.add(sample, inspected_in_size({finding_at(30, 0.9), odd}));
  some.decide(id, 2, "dismissed");
  some.add(some.made().sample("clean.jpg", "c"), inspected_in_size({}));
  some.add(some.made().sample("gone.jpg", "d"), {.end = SampleEnd::unreadable, .reason = kHostile});
  SampleRecord other = inspected({});
  other.outcome = "not_comparable";
  other.reason = "another board";
  some.add(some.made().sample("other.jpg", "e"), other);
}

}  // namespace

TEST_CASE("a table has a row a finding and one for each board without, whatever the texts hold", "[cli][report]") {
  ExportedCase some;
  fill(some);
  const Rows rows = rows_of_csv(csv_text(some.exported({.all = true})));
  REQUIRE(rows.size() == 6);
  for (const std::vector<std::string>& row : rows) CHECK(row.size() == rows[0].size());
  CHECK_THAT(cell(rows, 1, "serial"), Catch::StartsWith("'=cmd") && Contains(",\"<&>") && Contains("\n"));
  CHECK(cell(rows, 1, "serial").find('\x1b') == std::string::npos);
  CHECK(cell(rows, 1, "serial").find('\xff') == std::string::npos);
  CHECK(cell(rows, 1, "lot") == "L\"1,2");
  CHECK(cell(rows, 1, "finding") == "1");
  CHECK(cell(rows, 1, "decision") == "undecided");
  CHECK(cell(rows, 2, "near") == "'-1 mm above U1");
  CHECK(cell(rows, 2, "sample_x") == "100.25");
  CHECK(cell(rows, 2, "decision") == "dismissed");
  CHECK(cell(rows, 2, "dismissed_as") == "dirt");
  CHECK(cell(rows, 2, "reviewers") == "Ann");
  CHECK(cell(rows, 2, "comments") == "Ann: looked twice");
  CHECK(cell(rows, 5, "file") == "clean.jpg");
  CHECK(cell(rows, 5, "finding").empty());
  CHECK(cell(rows, 5, "comments").empty());
}

TEST_CASE("a place left of the picture is a number and no formula", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("a.jpg", "a"), inspected({finding_at(-3, 0.9)}));
  CHECK(cell(rows_of_csv(csv_text(some.exported())), 1, "sample_x") == "-3.00");
}

TEST_CASE("COCO has boxes from the pixel's corner, and no picture without a size", "[cli][report]") {
  ExportedCase some;
  fill(some);
  some.add(some.made().sample("unsized.jpg", "f"), inspected({finding_at(1, 0.8)}));
  const json coco = json::parse(coco_text(some.exported()));
  REQUIRE(coco["images"].size() == 1);
  CHECK(coco["images"][0]["file_name"] == "a b#1.jpg");
  CHECK(coco["images"][0]["width"] == 640);
  CHECK(coco["images"][0]["height"] == 480);
  REQUIRE(coco["annotations"].size() == 2);
  const json& first = coco["annotations"][0];
  CHECK(first["image_id"] == coco["images"][0]["id"]);
  CHECK(first["bbox"] == json{30.5, 0.5, 20.0, 20.0});
  CHECK(first["segmentation"] == json::parse("[[30.5, 0.5, 50.5, 0.5, 50.5, 20.5, 30.5, 20.5]]"));
  CHECK(first["area"] == 400);
  CHECK(coco["categories"][first["category_id"].get<std::size_t>() - 1]["name"] == "extra_component");
  CHECK(coco["annotations"][1]["attributes"]["decision"] == "dismissed");
}

TEST_CASE("a kind that this version does not know is a category behind those it knows", "[cli][report]") {
  ExportedCase some;
  FindingRecord odd = finding_at(0, 0.9);
  odd.kind = "a new kind";
  some.add(some.made().sample("a.jpg", "a"), inspected_in_size({odd}));
  const json coco = json::parse(coco_text(some.exported()));
  CHECK(coco["categories"].back()["name"] == "a new kind");
  CHECK(coco["annotations"][0]["category_id"] == coco["categories"].size());
}

TEST_CASE("COCO without outlines has the same boxes", "[cli][report]") {
  ExportedCase some;
  fill(some);
  json with = json::parse(coco_text(some.exported()));
  const json without = json::parse(coco_boxes_text(some.exported()));
  for (json& annotation : with["annotations"]) {
    CHECK(annotation["segmentation"].size() == 1);
    annotation["segmentation"] = json::array();
  }
  CHECK(with == without);
}

TEST_CASE("LabelMe's files stand in the folders of their pictures", "[cli][report]") {
  ExportedCase some;
  some.add(some.made().sample("mon/1.jpg", "a"), inspected_in_size({finding_at(0, 0.9)}));
  some.add(some.made().sample("tue/1.jpg", "b"), inspected_in_size({finding_at(0, 0.9)}));
  const std::vector<OutputFile> files = labelme_files(some.exported());
  REQUIRE(files.size() == 2);
  CHECK(files[0].path == "mon/1.json");
  CHECK(files[1].path == "tue/1.json");
  for (const OutputFile& file : files) CHECK(json::parse(file.bytes)["imagePath"] == "1.jpg");
}

TEST_CASE("LabelMe gets a file a picture with its rectangles", "[cli][report]") {
  ExportedCase some;
  fill(some);
  const std::vector<OutputFile> files = labelme_files(some.exported());
  REQUIRE(files.size() == 1);
  CHECK(files[0].path == "a b#1.json");
  const json file = json::parse(files[0].bytes);
  CHECK(file["imagePath"] == "a b#1.jpg");
  CHECK(file["imageData"].is_null());
  CHECK(file["imageWidth"] == 640);
  REQUIRE(file["shapes"].size() == 2);
  CHECK(file["shapes"][0]["shape_type"] == "rectangle");
  CHECK(file["shapes"][0]["points"] == json::parse("[[30.5, 0.5], [50.5, 20.5]]"));
  CHECK_THAT(file["shapes"][1]["description"].get<std::string>(), Contains("[dismissed (dirt)]"));
}

TEST_CASE("GeoJSON is read back as regions of the reference, with who decided and why", "[cli][report]") {
  ExportedCase some;
  fill(some);
  const RegionsFile file = regions_in_bytes(geojson_text(some.exported()), "back.geojson");
  REQUIRE(file.set.regions.size() == 2);
  const boarddiff::imaging::Polygon& ring = file.set.regions[1].reference_rings.at(0);
  CHECK(boarddiff::imaging::bounding_box(ring) ==
        boarddiff::imaging::Box{.x = 100.25, .y = 0, .width = 20, .height = 20});
  CHECK(file.set.regions[0].why == "made up");
  CHECK(file.set.regions[1].who == "Ann");
  CHECK(file.set.regions[1].why == "dismissed (dirt); Ann: looked twice");
}

TEST_CASE("SARIF suppresses what was dismissed, and notifies of what was not compared", "[cli][report]") {
  ExportedCase some;
  fill(some);
  const json run = json::parse(sarif_text(some.exported()))["runs"][0];
  REQUIRE(run["results"].size() == 2);
  const json& open = run["results"][0];
  CHECK(open["level"] == "warning");
  CHECK_FALSE(open.contains("suppressions"));
  CHECK(open["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b%231.jpg");
  CHECK(open["attachments"][0]["rectangles"][0] ==
        json{{"left", 30.5}, {"top", 0.5}, {"right", 50.5}, {"bottom", 20.5}});
  CHECK(run["tool"]["driver"]["rules"][open["ruleIndex"].get<std::size_t>()]["id"] == open["ruleId"]);
  CHECK(run["artifacts"][0]["hashes"]["sha-256"].get<std::string>().size() == 64);
  const json& dismissed = run["results"][1];
  CHECK(dismissed["level"] == "none");
  CHECK_THAT(dismissed["suppressions"][0]["justification"].get<std::string>(), Contains("Ann: dismissed (dirt)"));
  const json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["toolExecutionNotifications"].size() == 2);
}

TEST_CASE("a reviewer's suspicion of a whole board is a result and a failure of its own", "[cli][report]") {
  ExportedCase some;
  const std::int64_t id = some.add(some.made().sample("a.jpg", "a"), inspected({}));
  CHECK(some.exported().boards.empty());
  decide(some.store(), {.place = {.sample = id}, .verdict = "unexpected", .comment = "smells", .reviewer = "Bo"});
  const CaseExport exported = some.exported();
  CHECK(exported.status() == ExitStatus::needs_review);
  const json results = json::parse(sarif_text(exported))["runs"][0]["results"];
  REQUIRE(results.size() == 1);
  CHECK(results[0]["ruleId"] == "suspected_board");
  CHECK_THAT(results[0]["message"]["text"].get<std::string>(), Contains("Bo: smells"));
  CHECK_THAT(junit_text(exported), Contains("the whole board is unexpected"));
}
