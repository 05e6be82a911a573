// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_csv.h"
#include "datasets/evaluation/evaluation_html.h"
#include "datasets/evaluation/evaluation_json.h"
#include "datasets/evaluation/evaluation_words.h"
#include "tests/datasets/evaluation_set.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace datasets = boarddiff::datasets;
using boarddiff::test::evaluation_set;
using boarddiff::test::quiet_case;
using Catch::Contains;
using datasets::Evaluation;

TEST_CASE("an evaluation that was written is read again with the same figures", "[datasets][evaluation_files]") {
  auto cases = evaluation_set();
  cases[0].changes[0].also = {{1, 2, 3, 4}};
  cases[0].changes[0].reference_polygon = {{0, 1}, {2, 3}, {4, 5}};
  cases[0].sample_from_reference = Eigen::Matrix3d::Identity() * 2;
  const Evaluation evaluation = datasets::evaluate("tool", cases);
  const std::string text = datasets::evaluation_json(evaluation, {});
  const Evaluation again = datasets::evaluation_in_text(text, "evaluation.json");
  CHECK(datasets::evaluation_json(again, {}) == text);
}

TEST_CASE("the summary has the shape and the figures of the scorer", "[datasets][evaluation_files]") {
  const auto document =
      nlohmann::json::parse(datasets::evaluation_json(datasets::evaluate("tool", evaluation_set()), {}));
  CHECK(document["schema"] == "boarddiff.evaluation/1");
  const auto& summary = document["summary"];
  CHECK(summary["cases"] == 8);
  CHECK(summary["recall_at_false_calls_per_board"]["1.0"] == 0.6);
  CHECK(summary["false_calls_per_board"]["median"] == 0);
  CHECK(summary["registration_px"]["p95"] == 4);
  CHECK(summary["not_aligned"] == 1);
  const auto quiet =
      nlohmann::json::parse(datasets::evaluation_json(datasets::evaluate("tool", {quiet_case("a")}), {}));
  CHECK(quiet["summary"]["registration_px"].is_null());
  CHECK(quiet["summary"]["refused"].is_null());
}

TEST_CASE("an evaluation file that is broken is named with its key", "[datasets][evaluation_files]") {
  CHECK_THROWS_WITH(datasets::evaluation_in_text("{\"schema\": \"x\"}", "old.json"),
                    Contains("old.json: schema must be"));
  auto document = nlohmann::json::parse(datasets::evaluation_json(datasets::evaluate("tool", evaluation_set()), {}));
  document["cases"][1]["case"] = "a";
  CHECK_THROWS_WITH(datasets::evaluation_in_text(document.dump(), "old.json"), Contains("cases[1].case is the name"));
  document["cases"] = nlohmann::json::array();
  CHECK_THROWS_WITH(datasets::evaluation_in_text(document.dump(), "old.json"), Contains("cases must not be empty"));
}

TEST_CASE("the tables have a row a case and a row a change", "[datasets][evaluation_files]") {
  auto cases = evaluation_set();
  cases[7].trouble = "said \"no\", twice";
  const Evaluation evaluation = datasets::evaluate("tool", cases);
  const std::string case_rows = datasets::cases_csv(evaluation);
  CHECK(std::count(case_rows.begin(), case_rows.end(), '\n') == 9);
  CHECK_THAT(case_rows,
             Contains("\na,a,server,,photo,alignable,yes,1,2,2,yes,3,4,1,3.000,4.000,,,1.000,0.000,100.0,\n"));
  CHECK_THAT(case_rows, Contains(",\"said \"\"no\"\", twice\"\n"));
  const std::string change_rows = datasets::changes_csv(evaluation);
  CHECK(std::count(change_rows.begin(), change_rows.end(), '\n') == 6);
  CHECK_THAT(change_rows, Contains("\na,a,server,,c2,moved_component,4.000,5.000,,yes,3,0.6000,extra_component,\n"));
  CHECK_THAT(change_rows, Contains("\nb,b,,,c3,extra_component,,,,candidate,2,0.5000,extra_component,\n"));
  CHECK_THAT(change_rows, Contains("\ne,e,,,c4,missing_component,8.000,8.000,,no,,,,\n"));
}

TEST_CASE("the page loads nothing, runs nothing and shows foreign text as text", "[datasets][evaluation_files]") {
  auto cases = evaluation_set();
  cases[0].name = "<script>alert(1)</script>";
  cases[1].changes[0].kind = "\"><img src=x>";
  const Evaluation evaluation = datasets::evaluate("<b>tool</b>", cases);
  const std::string page = datasets::evaluation_html(evaluation, compare_evaluations(evaluation, evaluation), {});
  CHECK_THAT(page, Contains("default-src 'none'; img-src data:; style-src 'sha256-"));
  CHECK_THAT(page, !Contains("<script") && !Contains("<img src=x") && !Contains("<b>tool") && !Contains("{{"));
  CHECK_THAT(page, !Contains("http://") && !Contains("https://") && !Contains(" style="));
  CHECK_THAT(page, Contains("&lt;script&gt;") && Contains("no clear difference") && Contains("<svg"));
}

TEST_CASE("the summary on a terminal has every figure with its bounds", "[datasets][evaluation_files]") {
  const Evaluation evaluation = datasets::evaluate("tool", evaluation_set());
  const std::string text = datasets::summary_text(evaluation, compare_evaluations(evaluation, evaluation));
  CHECK_THAT(text, Contains("tool: 8 cases of 8 boards with 5 changes; 2 pairs of strangers; 1 pair of one board "
                            "refused; the tool failed on 1 case."));
  CHECK_THAT(text, Contains("recall at 1 false call a board") && Contains("0.60") && Contains("by size"));
  CHECK_THAT(text, Contains("Compared with tool on the 8 cases of 8 boards that both have."));
}

TEST_CASE("recall is told by visibility where cases say it, also after the way through a file",
          "[datasets][evaluation_files]") {
  auto cases = evaluation_set();
  auto& changes = cases[0].changes;
  REQUIRE(changes.size() >= 2);
  changes[0].kind = "extra_component";
  changes[0].visibility = datasets::XrayVisibility{.contrast_to_noise = 2, .changed_px = 16};    // 8
  changes[1].visibility = datasets::XrayVisibility{.contrast_to_noise = 0.5, .changed_px = 25};  // 2.5
  const Evaluation evaluation = datasets::evaluate("tool", cases);
  for (const Evaluation& one :
       {evaluation, datasets::evaluation_in_text(evaluation_json(evaluation, {}), "evaluation.json")}) {
    const auto changes_in = [&](const std::string& name) {
      int count = -1;
      for (std::size_t i = 0; i < one.measures.size(); ++i) {
        const auto& measure = one.measures[i].measure;
        if (measure.group == "visibility" && measure.name == name) count = one.counts.at(i).changes;
      }
      return count;
    };
    CHECK(changes_in("6 to 12") == 1);
    CHECK(changes_in("below 3") == 1);
    CHECK(changes_in("inserts from 6") == 1);
    CHECK(changes_in("50 and more") == -1);
  }
}
