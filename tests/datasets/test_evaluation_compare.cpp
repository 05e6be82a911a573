// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_compare.h"
#include "tests/datasets/evaluation_set.h"

#include <catch2/catch.hpp>

namespace datasets = boarddiff::datasets;
namespace measure = boarddiff::datasets::measure;
using boarddiff::test::change_of;
using boarddiff::test::finding_of;
using boarddiff::test::quiet_case;
using datasets::CaseResult;
using datasets::Comparison;
using datasets::Verdict;

namespace {

// Boards with one change each, of which the first so many are found.
std::vector<CaseResult> boards(int count, int found) {
  std::vector<CaseResult> cases;
  for (int i = 0; i < count; ++i) {
    CaseResult one = quiet_case("board-" + std::to_string(100 + i));
    one.changes = {change_of("c", "extra_component", {1, 1})};
    one.seconds = 3;
    if (i < found) {
      one.findings = {finding_of(0.9, "extra_component", {"c"})};
    }
    cases.push_back(one);
  }
  return cases;
}

Comparison compared(const std::vector<CaseResult>& before, const std::vector<CaseResult>& now) {
  return compare_evaluations(datasets::evaluate("old", before), datasets::evaluate("new", now));
}

const datasets::ComparedValue& value_of(const Comparison& comparison, std::string_view name) {
  return comparison.values.at(datasets::index_of(name));
}

}  // namespace

TEST_CASE("much more found on the same boards is better, and the other way round worse", "[datasets][compare]") {
  const Comparison comparison = compared(boards(12, 3), boards(12, 9));
  CHECK(comparison.tool_before == "old");
  CHECK(comparison.cases == 12);
  CHECK(comparison.boards == 12);
  const auto& found = value_of(comparison, measure::kFound);
  CHECK(found.before == 0.25);
  CHECK(found.now == 0.75);
  REQUIRE(found.difference);
  CHECK(found.difference->low > 0);
  CHECK(found.difference->low < 0.5);
  CHECK(found.difference->high > 0.5);
  CHECK(found.verdict == Verdict::better);
  CHECK(value_of(compared(boards(12, 9), boards(12, 3)), measure::kFound).verdict == Verdict::worse);
}

TEST_CASE("fewer seconds are better", "[datasets][compare]") {
  std::vector<CaseResult> quicker = boards(6, 3);
  for (CaseResult& one : quicker) {
    one.seconds = 2;
  }
  CHECK(value_of(compared(boards(6, 3), quicker), measure::kSecondsMedian).verdict == Verdict::better);
  CHECK(value_of(compared(quicker, boards(6, 3)), measure::kSecondsMedian).verdict == Verdict::worse);
}

TEST_CASE("one more found among many is no clear difference, and the same is none at all", "[datasets][compare]") {
  CHECK(value_of(compared(boards(12, 6), boards(12, 7)), measure::kFound).verdict == Verdict::no_clear_difference);
  for (const auto& value : compared(boards(12, 6), boards(12, 6)).values) {
    CHECK(value.verdict == Verdict::no_clear_difference);
    if (value.difference) {
      CHECK(value.difference->low == 0);
      CHECK(value.difference->high == 0);
    }
  }
}

TEST_CASE("pairing takes away what makes boards differ", "[datasets][compare]") {
  // Hard boards and easy ones: the recall of either alone is uncertain by much more than what changed on all of them.
  std::vector<CaseResult> before = boards(12, 6);
  std::vector<CaseResult> now = before;
  for (int i = 0; i < 12; ++i) {
    before[static_cast<std::size_t>(i)].seconds = i;
    now[static_cast<std::size_t>(i)].seconds = i - 0.5;
  }
  CHECK(value_of(compared(before, now), measure::kSecondsMedian).verdict == Verdict::better);
}

TEST_CASE("four boards call no difference clear", "[datasets][compare]") {
  CHECK(value_of(compared(boards(4, 0), boards(4, 4)), measure::kFound).verdict == Verdict::no_clear_difference);
  CHECK(value_of(compared(boards(5, 0), boards(5, 5)), measure::kFound).verdict == Verdict::better);
}

TEST_CASE("what rests on one board of many is no clear difference either", "[datasets][compare]") {
  std::vector<CaseResult> before = boards(12, 6);
  before.push_back(quiet_case("stranger"));
  before.back().same_board = false;
  std::vector<CaseResult> now = before;
  now.back().status = datasets::kStatusNotComparable;
  const Comparison comparison = compared(before, now);
  const auto& refused = value_of(comparison, measure::kRefused);
  CHECK(refused.before == 0.0);
  CHECK(refused.now == 1.0);
  CHECK(refused.verdict == Verdict::no_clear_difference);
}

TEST_CASE("what only one of them has is left out and counted", "[datasets][compare]") {
  std::vector<CaseResult> before = boards(8, 4);
  std::vector<CaseResult> now = boards(10, 4);
  before[0].changes[0].box.x += 1;  // rendered anew: another truth under the same name
  const Comparison comparison = compared(before, now);
  CHECK(comparison.cases == 7);
  CHECK(comparison.cases_only_before == 1);
  CHECK(comparison.cases_only_now == 3);
  CHECK(comparison.boards_only_before == 0);
  CHECK(comparison.boards_only_now == 2);
  CHECK(value_of(comparison, measure::kFound).now == Approx(3.0 / 7));
}

TEST_CASE("two sets without a common case have nothing to compare", "[datasets][compare]") {
  const Comparison comparison = compared({quiet_case("a")}, {quiet_case("b")});
  CHECK(comparison.cases == 0);
  CHECK(comparison.values.empty());
}
