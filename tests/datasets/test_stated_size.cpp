// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation.h"
#include "datasets/evaluation/evaluation_csv.h"
#include "datasets/evaluation/evaluation_html.h"
#include "datasets/evaluation/evaluation_json.h"
#include "datasets/evaluation/evaluation_words.h"
#include "datasets/evaluation/stated_size.h"
#include "tests/datasets/evaluation_set.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace datasets = boarddiff::datasets;
namespace measure = boarddiff::datasets::measure;
using boarddiff::test::evaluation_set;
using boarddiff::test::finding_of;
using boarddiff::test::quiet_case;
using Catch::Contains;
using datasets::AgainstStated;
using datasets::CaseChange;
using datasets::CaseResult;
using datasets::StatedSize;

namespace {

CaseChange extra_part(const std::string& id, const std::vector<double>& size_mm,
                      const std::string& ground = "bare_mask") {
  CaseChange change = boarddiff::test::change_of(id, "extra_component", size_mm);
  change.background = ground;
  return change;
}

CaseResult case_stating(const std::string& name, const std::optional<StatedSize>& smallest) {
  CaseResult result = quiet_case(name);
  result.sensitivity = datasets::StatedSensitivity{smallest};
  return result;
}

// Two boards that state 2 x 1.25 mm, one on which no size is certain, and one that states nothing. Of the five parts of
// that size or larger three are found, of the two of at most half that size one.
std::vector<CaseResult> stating_set() {
  CaseResult a = case_stating("a", StatedSize{2, 1.25});
  a.changes = {extra_part("a1", {3, 3}), extra_part("a2", {2, 1.25}, "across_traces"),
               extra_part("a3", {5, 6}, "on_chip"), extra_part("a4", {1, 0.5}), extra_part("a5", {1.6, 0.8})};
  a.findings = {finding_of(0.9, "extra_component", {"a1"}), finding_of(0.8, "extra_component", {"a2"}),
                finding_of(0.7, "changed_surface", {"a4"}), finding_of(0.1, "extra_component", {"a3"}, false)};
  CaseResult b = case_stating("b", StatedSize{2, 1.25});
  b.changes = {extra_part("b1", {3, 3}), extra_part("b2", {3, 3}, "on_chip"), extra_part("b3", {0.5, 1}, "on_chip")};
  b.findings = {finding_of(0.9, "extra_component", {"b2"})};
  CaseResult none = case_stating("none", std::nullopt);
  none.changes = {extra_part("n1", {9, 9})};
  CaseResult silent = quiet_case("silent");
  silent.changes = {extra_part("s1", {9, 9})};
  return {a, b, none, silent};
}

}  // namespace

TEST_CASE("a part counts as of the stated size when neither side is shorter", "[datasets][stated_size]") {
  const CaseResult stating = case_stating("a", StatedSize{2, 1.25});
  CHECK(against_stated(stating, extra_part("c", {2, 1.25})) == AgainstStated::at_or_above);
  CHECK(against_stated(stating, extra_part("c", {1.25, 2})) == AgainstStated::at_or_above);
  CHECK(against_stated(stating, extra_part("c", {1.9996, 1.2496})) == AgainstStated::at_or_above);
  CHECK(against_stated(stating, extra_part("c", {9, 1.2})) == AgainstStated::between);
  CHECK(against_stated(stating, extra_part("c", {1.9, 1.9})) == AgainstStated::between);
  CHECK(against_stated(stating, extra_part("c", {1, 0.625})) == AgainstStated::below_half);
  CHECK(against_stated(stating, extra_part("c", {1, 0.7})) == AgainstStated::between);
}

TEST_CASE("nothing is set against a statement that was not made, or that speaks of something else",
          "[datasets][stated_size]") {
  const CaseChange part = extra_part("c", {3, 3});
  CHECK(against_stated(quiet_case("a"), part) == AgainstStated::not_told);
  CHECK(against_stated(case_stating("a", std::nullopt), part) == AgainstStated::not_told);
  CaseResult stating = case_stating("a", StatedSize{2, 1.25});
  CHECK(against_stated(stating, extra_part("c", {})) == AgainstStated::not_told);
  CHECK(against_stated(stating, boarddiff::test::change_of("c", "missing_component", {3, 3})) ==
        AgainstStated::not_told);
  stating.modality = boarddiff::imaging::Modality::xray;
  CHECK(against_stated(stating, part) == AgainstStated::not_told);
}

TEST_CASE("the share of parts found is told for the stated size and for half of it, by ground",
          "[datasets][stated_size]") {
  const datasets::Evaluation evaluation = datasets::evaluate("tool", stating_set());
  CHECK(figure(evaluation, measure::kStatedFound).value == 0.6);
  CHECK(figure(evaluation, measure::kStatedFoundOnBoard).value == Approx(2.0 / 3));
  CHECK(figure(evaluation, measure::kStatedFoundElsewhere).value == 0.5);
  CHECK(figure(evaluation, measure::kBelowHalfFound).value == 0.5);
  REQUIRE(figure(evaluation, measure::kStatedFound).bounds);
  REQUIRE(evaluation.stated.grounds.size() == 3);
  CHECK(evaluation.stated.grounds[0].ground == "across_traces");
  CHECK(evaluation.stated.grounds[1].at_or_above.parts == 2);
  CHECK(evaluation.stated.grounds[1].at_or_above.found == 1);
  CHECK(evaluation.stated.grounds[2].ground == "on_chip");
  CHECK_FALSE(evaluation.stated.grounds[2].on_board);
  CHECK(datasets::on_all_grounds(evaluation.stated).at_or_above.parts == 5);
  CHECK(datasets::on_grounds(evaluation.stated, false).below_half.parts == 1);
  REQUIRE(evaluation.stated.sizes.size() == 2);
  CHECK(evaluation.stated.sizes[0].size == StatedSize{2, 1.25});
  CHECK(evaluation.stated.sizes[0].cases == 2);
  CHECK_FALSE(evaluation.stated.sizes[1].size);
}

TEST_CASE("what reports state is in the summary, the page, the tables and the file", "[datasets][stated_size]") {
  const datasets::Evaluation evaluation = datasets::evaluate("tool", stating_set());
  const std::string summary = datasets::summary_text(evaluation, {});
  CHECK_THAT(summary, Contains("Stated sizes: 2 x 1.25 mm on 2 pairs, no size on 1 pair."));
  CHECK_THAT(summary, Contains("3 of 5") && Contains("1 of 2") && Contains("stated size found, elsewhere"));
  CHECK_THAT(datasets::evaluation_html(evaluation, {}, {}), Contains("<td class=\"number\">3 of 5</td>"));
  CHECK_THAT(datasets::cases_csv(evaluation), Contains(",2.000,1.250,"));
  CHECK_THAT(datasets::changes_csv(evaluation), Contains("a4,extra_component,1.000,0.500,bare_mask,yes,3,0.7000,"
                                                         "changed_surface,below_half\n"));
  const std::string text = datasets::evaluation_json(evaluation, {});
  const auto document = nlohmann::json::parse(text);
  CHECK(document["stated_sizes"]["stated_size"]["parts"] == 5);
  CHECK(document["stated_sizes"]["sizes"][1]["smallest_mm"].is_null());
  CHECK(document["summary"]["stated_size_found"] == 0.6);
  CHECK(datasets::evaluation_json(datasets::evaluation_in_text(text, "evaluation.json"), {}) == text);
}

TEST_CASE("without a statement the measures of statements are left out", "[datasets][stated_size]") {
  const datasets::Evaluation evaluation = datasets::evaluate("tool", evaluation_set());
  CHECK_FALSE(figure(evaluation, measure::kStatedFound).value);
  CHECK(evaluation.stated.sizes.empty());
  CHECK_THAT(datasets::summary_text(evaluation, {}), !Contains("tated size"));
  const auto document = nlohmann::json::parse(datasets::evaluation_json(evaluation, {}));
  CHECK(document["stated_sizes"].is_null());
  CHECK(document["cases"][0]["sensitivity"].is_null());
}
