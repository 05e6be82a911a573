// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/case_result.h"

#include <catch2/catch.hpp>

namespace datasets = boarddiff::datasets;
using Catch::Contains;
using datasets::Case;
using datasets::CaseResult;

namespace {

Case case_with_moved_part() {
  Case one;
  one.name = "one";
  datasets::CaseChange moved;
  moved.id = "moved";
  moved.kind = "moved_component";
  moved.box = {100, 100, 30, 30};
  moved.also = {{300, 300, 30, 30}};
  one.changes = {moved};
  one.ignore = {{{500, 0}, {600, 0}, {600, 400}, {500, 400}}};
  return one;
}

std::string finding(const std::string& box, const std::string& score) {
  return R"({"kind": "extra_component", "score": )" + score + R"(, "sample_box": )" + box + "}";
}

CaseResult with(const std::string& findings, const std::string& candidates) {
  const Case one = case_with_moved_part();
  return with_report(result_without_tool(one), one,
                     R"({"findings": [)" + findings + R"(], "candidates": [)" + candidates + "]}", "report.json");
}

}  // namespace

TEST_CASE("findings and candidates are ranked together, findings first among equals", "[datasets][case_result]") {
  const CaseResult result = with(finding("[0, 0, 30, 30]", "0.5") + "," + finding("[700, 0, 30, 30]", "0.7"),
                                 finding("[101, 99, 30, 30]", "0.5") + "," + finding("[0, 50, 9, 9]", "0.9"));
  REQUIRE(result.findings.size() == 4);
  CHECK(result.findings[0].score == 0.9);
  CHECK_FALSE(result.findings[0].shown);
  CHECK(result.findings[1].score == 0.7);
  CHECK(result.findings[2].shown);
  CHECK(result.findings[2].hits.empty());
  CHECK_FALSE(result.findings[3].shown);
  CHECK(result.findings[3].hits == std::vector<std::string>{"moved"});
}

TEST_CASE("a moved part is hit at its old place, too", "[datasets][case_result]") {
  CHECK(with(finding("[300, 300, 30, 30]", "1"), "").findings[0].hits == std::vector<std::string>{"moved"});
}

TEST_CASE("what lies in an ignored polygon does not count, unless it hits", "[datasets][case_result]") {
  CHECK(with(finding("[540, 100, 20, 20]", "1"), "").findings.empty());
  CHECK(with(finding("[620, 100, 20, 20]", "1"), "").findings.size() == 1);
  Case one = case_with_moved_part();
  one.changes[0].box = {540, 100, 20, 20};
  const CaseResult result =
      with_report(result_without_tool(one), one, R"({"findings": [)" + finding("[541, 101, 20, 20]", "1") + "]}", "r");
  CHECK(result.findings.size() == 1);
}

TEST_CASE("a report that is no report is trouble with its place", "[datasets][case_result]") {
  const Case one = case_with_moved_part();
  CHECK_THROWS_WITH(with_report(result_without_tool(one), one, "{}", "report.json"),
                    Contains("report.json: the document has no \"findings\""));
  CHECK_THROWS_WITH(with("{\"kind\": \"a\", \"score\": 1}", ""), Contains("findings[0] has no \"sample_box\""));
  CHECK_THROWS_WITH(with(finding("[1, 2, 3]", "1"), ""), Contains("findings[0].sample_box must be 4 numbers"));
}

TEST_CASE("errors of points are distances in the sample", "[datasets][case_result]") {
  Case one = case_with_moved_part();
  one.points.resize(2);
  one.points[0].in_sample = {10, 10};
  one.points[1].in_sample = {20, 20};
  const CaseResult result = with_points(result_without_tool(one), one, {{13, 14}, {20, 20}});
  CHECK(result.point_errors_px == std::vector<double>{5, 0});
  CHECK_THROWS_AS(with_points(result_without_tool(one), one, {{1, 1}}), std::logic_error);
}

TEST_CASE("the size that a report states is read where it is in millimetres", "[datasets][case_result]") {
  const Case one = case_with_moved_part();
  const auto stated = [&](const std::string& sensitivity) {
    return with_report(result_without_tool(one), one, R"({"findings": [], "sensitivity": )" + sensitivity + "}",
                       "report.json")
        .sensitivity;
  };
  REQUIRE(stated(R"({"unit": "mm", "smallest": [1.6, 0.8]})"));
  CHECK(stated(R"({"unit": "mm", "smallest": [1.6, 0.8]})")->smallest == datasets::StatedSize{1.6, 0.8});
  REQUIRE(stated(R"({"unit": "mm", "smallest": null})"));
  CHECK_FALSE(stated(R"({"unit": "mm", "smallest": null})")->smallest);
  CHECK_FALSE(stated(R"({"unit": "px", "smallest": [16, 8]})"));
  CHECK_FALSE(stated("null"));
  CHECK_THROWS_WITH(stated(R"({"unit": "mm", "smallest": [1.6]})"),
                    Contains("report.json: sensitivity.smallest must be 2 numbers"));
  CHECK_THROWS_WITH(stated(R"({"unit": "inch"})"), Contains("sensitivity.unit must be"));
}
