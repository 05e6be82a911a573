// SPDX-License-Identifier: Apache-2.0
#include "cli/case/decisions.h"
#include "cli/case/vigilance.h"
#include "cli/export/case_export.h"
#include "tests/cli/served_case.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <set>

using namespace boarddiff::cli;
using boarddiff::test::finding_at;
using boarddiff::test::inspected;
using boarddiff::test::ServedCase;
using boarddiff::test::status_of;
using boarddiff::test::virtual_part_at;
using Catch::Contains;
using nlohmann::json;

namespace {

const ReviewSettings kVigilant = {.case_name = "a.bdcase", .reviewer = "Ann", .vigilance = 1};
const ReviewSettings kPlain = {.case_name = "a.bdcase", .reviewer = "Ann"};

// Two findings, and a virtual part whose score lies between theirs.
SampleRecord record_with_part(std::vector<FindingRecord> findings = {finding_at(10, 0.9), finding_at(90, 0.8)}) {
  SampleRecord record = inspected(std::move(findings));
  record.virtual_parts = {virtual_part_at(400, 300, 0.85)};
  record.report = R"({"registration": {"status": "aligned"}, "reference": {"width": 800, "height": 600},
    "coverage": {}, "sensitivity": {"unit": "mm"}, "findings": [
    {"id": 1, "board_box_mm": [1, 0, 2, 2], "marking": null}, {"id": 2, "board_box_mm": [9, 0, 2, 2], "marking": null}]})";
  return record;
}

// All keys of a document, of what is in it as well.
std::set<std::string> keys_of(const json& document, const std::string& path = "") {
  std::set<std::string> keys;
  for (const auto& [key, value] : document.items()) {
    const std::string here = document.is_array() ? path : path + "/" + key;
    keys.insert(here + ":" + value.type_name());
    if (value.is_structured()) keys.merge(keys_of(value, here));
  }
  return keys;
}

json about(const ServedCase& served, int number, const std::string& verdict, const std::string& reason = "") {
  return {{"sample", served.sample()}, {"number", number}, {"verdict", verdict}, {"reason", reason}};
}

// How bright the sample's picture is at a place.
double level_at(ServedCase& served, int x, int y) {
  const json levels = served.get("/api/pictures/" + served.id())["sample"];
  const std::string tile = std::to_string(x / 512) + "_" + std::to_string(y / 512);
  const std::string bytes = served.bytes("/pictures/" + served.id() + "/sample/" +
                                         std::to_string(levels["last"].get<int>()) + "/" + tile + ".jpg");
  const cv::Mat3b picture = cv::imdecode(std::vector<uchar>(bytes.begin(), bytes.end()), cv::IMREAD_COLOR);
  return cv::mean(picture(cv::Rect(x % 512 - 5, y % 512 - 5, 10, 10)))[0];
}

}  // namespace

TEST_CASE("a virtual part stands among the findings, and nothing tells it from them", "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  const json board = served.get("/api/board/" + served.id());
  const json& findings = board["all_findings"];
  REQUIRE(findings.size() == 3);
  for (int i = 0; i < 3; ++i) CHECK(findings[static_cast<std::size_t>(i)]["number"] == i + 1);
  CHECK(findings[0]["score"] == 0.9);
  CHECK(findings[1]["score"] == 0.85);
  CHECK(findings[1]["reference_box"] == json{370.0, 275.0, 60.0, 50.0});
  CHECK(findings[2]["score"] == 0.8);
  CHECK(keys_of(findings[1]) == keys_of(findings[0]));
  CHECK(findings[1]["standing"] == findings[0]["standing"]);
  CHECK(board["findings"] == 3);
  CHECK(board["reason"] == "3 places differ and should be looked at.");

  const json& report = board["report"];
  CHECK_FALSE(report.contains("sensitivity"));
  REQUIRE(report["findings"].size() == 3);
  CHECK(report["findings"][1] == json{{"id", 2}, {"board_box_mm", {37.0, 27.5, 6.0, 5.0}}});
  CHECK(report["findings"][2] == json{{"id", 3}, {"board_box_mm", {9, 0, 2, 2}}});
  CHECK(keys_of(report["findings"][1]) != std::set<std::string>());

  const json queue = served.get("/api/queue");
  CHECK(queue["boards"][0]["findings"] == 3);
  CHECK(queue["boards"][0]["decided"].empty());
  for (const json& document : {board, queue}) {
    std::string text = document.dump();
    for (const char* word : {"irtual", "painted", "slipped", "0.7"}) CHECK(text.find(word) == std::string::npos);
  }
  for (const char* number : {"1", "2", "3"}) {
    for (const char* which : {"reference", "sample"}) {
      CHECK_FALSE(served.bytes("/crops/" + served.id() + "/" + number + "-" + which + ".jpg").empty());
    }
  }
}

TEST_CASE("without --vigilance nothing of virtual parts is shown", "[cli][review][vigilance]") {
  ServedCase served(kPlain, record_with_part());
  CHECK(served.get("/api/board/" + served.id())["all_findings"].size() == 2);
  CHECK(served.get("/api/board/" + served.id())["report"].contains("sensitivity"));
  CHECK(served.get("/api/queue")["vigilance"].is_null());
  CHECK(level_at(served, 400, 300) == Approx(45).margin(2));
}

TEST_CASE("the part is in the sample's picture and its crop until it is decided about", "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  CHECK(level_at(served, 400, 300) < 30);
  CHECK(level_at(served, 200, 300) == Approx(45).margin(2));
  const std::string crop = served.bytes("/crops/" + served.id() + "/2-sample.jpg");
  const cv::Mat3b decoded = cv::imdecode(std::vector<uchar>(crop.begin(), crop.end()), cv::IMREAD_COLOR);
  CHECK(decoded(cv::Rect(decoded.cols / 2, decoded.rows / 2, 1, 1)).at<cv::Vec3b>(0)[0] < 30);
  const std::string edition = served.get("/api/board/" + served.id())["edition"];
  CHECK_FALSE(edition.empty());
  served.post("/api/decide", about(served, 2, "unexpected"));
  CHECK(level_at(served, 400, 300) == Approx(45).margin(2));
  CHECK(status_of(served.reviewer().Get("/crops/" + served.id() + "/2-sample.jpg")) == 404);
  // Browsers keep pictures by their address.
  CHECK(served.get("/api/board/" + served.id())["edition"] != edition);
  CHECK(served.get("/api/pictures/" + served.id())["edition"] != edition);
}

TEST_CASE("what is decided about a virtual part is told, counted, and no decision", "[cli][review][vigilance]") {
  struct Answer {
    const char* verdict;
    const char* reason;
    const char* told;
    const char* line;
  };
  for (const Answer& one :
       {Answer{"unexpected", "", "which is right", "1 of 1 virtual parts of 6 x 5 mm"},
        Answer{"dismissed", "dirt", "should have been marked", "0 of 1 virtual parts of 6 x 5 mm"},
        Answer{"unsure", "", "You were unsure", "0 of 0 virtual parts of 6 x 5 mm, unsure about 1 more"}}) {
    CAPTURE(one.verdict);
    ServedCase served(kVigilant, record_with_part());
    const auto [status, told] = served.post("/api/decide", about(served, 2, one.verdict, one.reason));
    CHECK(status == 200);
    CHECK(told["places"].empty());
    CHECK_THAT(told["told"].get<std::string>(), Contains("virtual part of 6 x 5 mm") && Contains(one.told));
    CHECK(told["gone"] == served.sample());
    CHECK(told["vigilance"][0] == one.line);
    CHECK(decisions_after(served.store().database()).empty());
    const json board = served.get("/api/board/" + served.id());
    REQUIRE(board["all_findings"].size() == 2);
    // The others keep their numbers: what the page shows still means the same.
    CHECK(board["all_findings"][1]["number"] == 3);
    CHECK(board["findings"] == 2);
    CHECK(served.get("/api/queue")["vigilance"][0] == one.line);
    const CaseExport exported = read_export(served.store().database(), served.made() / "a.bdcase", {.all = true});
    REQUIRE(exported.boards.size() == 1);
    CHECK(exported.boards[0].findings.size() == 2);
    // Another tab still lists it.
    CHECK_THAT(served.post("/api/decide", about(served, 2, "dismissed", "dirt")).second["told"].get<std::string>(),
               Contains("virtual part"));
    CHECK(served.get("/api/queue")["vigilance"][0] == one.line);
  }
}

TEST_CASE("decisions on the findings around a virtual part reach the right ones", "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  CHECK(served.post("/api/decide", about(served, 3, "unexpected")).second["places"][0]["number"] == 3);
  auto rows = decisions_after(served.store().database());
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].place.number == 2);
  CHECK(served.post("/api/decide", about(served, 1, "unsure")).second["places"][0]["number"] == 1);
  CHECK(decisions_after(served.store().database()).at(1).place.number == 1);
  CHECK(served.get("/api/queue")["boards"][0]["decided"][1]["number"] == 3);
  CHECK(served.get("/api/changes/0")["places"][1]["number"] == 3);
  CHECK(served.post("/api/decide", about(served, 4, "unsure")).first == 400);
}

TEST_CASE("a comment on a virtual part is no decision about it, and is in no case file", "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  json comment = about(served, 2, "comment");
  CHECK(served.post("/api/decide", comment).first == 400);
  comment["comment"] = "what is this?";
  const json changes = served.post("/api/decide", comment).second;
  CHECK_FALSE(changes.contains("told"));
  CHECK(changes["places"][0]["standing"]["state"] == "undecided");
  CHECK(served.get("/api/board/" + served.id())["all_findings"][1]["standing"]["comments"][0]["comment"] ==
        "what is this?");
  CHECK(decisions_after(served.store().database()).empty());
  CHECK(hit_rates(served.store().database(), "Ann").empty());
}

TEST_CASE("undo takes back no answer about a virtual part, nor at once the decision before it",
          "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  served.post("/api/decide", about(served, 1, "unexpected"));
  served.post("/api/decide", about(served, 2, "dismissed", "dirt"));
  const json undone = served.post("/api/undo", json::object()).second;
  CHECK(undone["places"].empty());
  CHECK_THAT(undone["told"].get<std::string>(), Contains("stays"));
  CHECK(decisions_after(served.store().database()).size() == 1);
  CHECK(served.post("/api/undo", json::object()).second["places"][0]["number"] == 1);
  CHECK(hit_rates(served.store().database(), "Ann").at(0).missed == 1);
}

TEST_CASE("a decision that waited in the browser finds what it was about in a review that counts otherwise",
          "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  const json seen = served.get("/api/board/" + served.id())["all_findings"];
  served.serve_again(kPlain);
  json waited = about(served, 3, "unexpected");
  waited["box"] = seen[2]["reference_box"];
  CHECK(served.post("/api/decide", waited).second["places"][0]["number"] == 2);
  waited["number"] = 2;
  waited["box"] = seen[1]["reference_box"];
  CHECK(served.post("/api/decide", waited).second.contains("told"));
  CHECK(hit_rates(served.store().database(), "Ann").at(0).hit == 1);
  CHECK(decisions_after(served.store().database()).size() == 1);
  waited["box"] = {1, 2, 3, 4};
  CHECK(served.post("/api/decide", waited).first == 400);
}

TEST_CASE("boards without findings can show a virtual part, and those without pictures none",
          "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part({}));
  json board = served.get("/api/queue")["boards"][0];
  CHECK(board["outcome"] == "needs_review");
  CHECK(board["findings"] == 1);
  CHECK(board["reason"] == "1 place differs and should be looked at.");
  // Changed since the review began: the small picture that is shown instead has no part.
  boarddiff::test::write_text(served.made() / "sample.jpg", "something else");
  CHECK(served.get("/api/board/" + served.id())["all_findings"].empty());
  CHECK(served.get("/api/queue")["boards"][0]["outcome"] == "nothing_found");
  std::filesystem::remove(served.made() / "sample.jpg");
  served.serve_again(kVigilant);
  CHECK(served.get("/api/queue")["boards"][0]["findings"] == 0);
}

TEST_CASE("no board shows a virtual part that was begun, or where this reviewer was shown one",
          "[cli][review][vigilance]") {
  ServedCase served(kVigilant, record_with_part());
  served.post("/api/decide", about(served, 2, "unexpected"));
  const auto findings = [&] { return served.get("/api/queue")["boards"][0]["findings"].get<int>(); };
  served.serve_again(kVigilant);
  CHECK(findings() == 2);
  served.serve_again({.case_name = "a.bdcase", .reviewer = "Bob", .vigilance = 1});
  CHECK(findings() == 3);
  served.post("/api/decide", about(served, 1, "unsure"));
  served.serve_again({.case_name = "a.bdcase", .reviewer = "Cleo", .vigilance = 1});
  CHECK(findings() == 2);
}
