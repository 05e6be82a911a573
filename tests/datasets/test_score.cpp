// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/score.h"

#include <catch2/catch.hpp>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
using boarddiff::imaging::Box;
using datasets::PairScore;
using datasets::TrueChange;

namespace {

compare::Finding finding_at(const Box& box) {
  compare::Finding finding;
  finding.sample_box = box;
  return finding;
}

TrueChange change_at(const std::string& id, const Box& box) {
  TrueChange change;
  change.id = id;
  change.sample_box = box;
  return change;
}

}  // namespace

TEST_CASE("changes found, missed and only suspected are told apart", "[datasets][score]") {
  const std::vector<TrueChange> truth = {change_at("a", {0, 0, 30, 30}), change_at("b", {200, 0, 30, 30}),
                                         change_at("c", {400, 0, 30, 30})};
  compare::InspectionReport report;
  report.outcome = compare::Outcome::needs_review;
  report.findings = {finding_at({2, 2, 30, 30}), finding_at({5, 5, 20, 20}), finding_at({600, 0, 30, 30})};
  report.candidates = {finding_at({201, 0, 30, 30})};
  const PairScore score = score_report(truth, report);
  CHECK(score.compared);
  CHECK(score.found == std::vector<std::string>{"a"});
  CHECK(score.missed == std::vector<std::string>{"b", "c"});
  CHECK(score.candidates == std::vector<std::string>{"b"});
  CHECK(score.false_findings == 1);
  CHECK(score.first_is_true);
}

TEST_CASE("a moved part is also found at its old place", "[datasets][score]") {
  TrueChange moved = change_at("moved", {0, 0, 30, 30});
  moved.also_in_sample = {{300, 300, 30, 30}};
  compare::InspectionReport report;
  report.findings = {finding_at({300, 300, 30, 30})};
  CHECK(datasets::score_report({moved}, report).found.size() == 1);
  CHECK(datasets::score_report({moved}, report).false_findings == 0);
}

TEST_CASE("an unfilled report counts as refused", "[datasets][score]") {
  CHECK_FALSE(datasets::score_report({}, compare::InspectionReport{}).compared);
}
