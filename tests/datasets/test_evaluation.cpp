// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation.h"
#include "tests/datasets/evaluation_set.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

namespace datasets = boarddiff::datasets;
namespace measure = boarddiff::datasets::measure;
using boarddiff::test::change_of;
using boarddiff::test::evaluation_set;
using boarddiff::test::finding_of;
using boarddiff::test::quiet_case;
using datasets::CaseResult;
using datasets::Evaluation;

namespace {

std::optional<double> value_of(const Evaluation& evaluation, std::string_view name) {
  return figure(evaluation, name).value;
}

const datasets::MeasuredValue& in_group(const Evaluation& evaluation, const std::string& group,
                                        const std::string& name) {
  const auto found = std::find_if(evaluation.measures.begin(), evaluation.measures.end(), [&](const auto& one) {
    return one.measure.group == group && one.measure.name == name;
  });
  REQUIRE(found != evaluation.measures.end());
  return *found;
}

std::vector<std::string> names_in(const Evaluation& evaluation, const std::string& group) {
  std::vector<std::string> names;
  for (const auto& one : evaluation.measures) {
    if (one.measure.group == group) {
      names.push_back(one.measure.name);
    }
  }
  return names;
}

}  // namespace

// Counted boards are a, c, d, e and h, so that one false call a board is five, and a quarter is one. The false calls
// there score 0.85, 0.8, 0.4 and 0.3.
TEST_CASE("the figures of a set are those worked out by hand", "[datasets][evaluation]") {
  const Evaluation evaluation = datasets::evaluate("tool", evaluation_set());
  CHECK(evaluation.tool == "tool");
  CHECK(evaluation.boards == 8);
  CHECK(evaluation.changes == 5);
  CHECK(evaluation.not_aligned == 1);
  CHECK(evaluation.trouble == 1);
  CHECK(value_of(evaluation, measure::kFound) == 0.4);
  CHECK(value_of(evaluation, measure::kRecall[0]) == 0.2);
  CHECK(value_of(evaluation, measure::kRecall[1]) == 0.6);
  CHECK(value_of(evaluation, measure::kRecall[2]) == 0.6);
  CHECK(value_of(evaluation, measure::kFirst) == 0.25);
  CHECK(value_of(evaluation, measure::kKindRight) == 0.5);
  CHECK(value_of(evaluation, measure::kFalseCallsMean) == 0.4);
  CHECK(value_of(evaluation, measure::kFalseCallsMedian) == 0);
  CHECK(value_of(evaluation, measure::kClean) == 0.5);
  CHECK(value_of(evaluation, measure::kRefused) == 0.5);
  CHECK(value_of(evaluation, measure::kAligned) == Approx(4.0 / 6));
  CHECK(value_of(evaluation, measure::kRegistrationP50) == 3);
  CHECK(value_of(evaluation, measure::kRegistrationP95) == 4);
  CHECK(value_of(evaluation, measure::kSecondsMedian) == 4.5);
  CHECK(value_of(evaluation, measure::kSecondsMax) == 8);
  CHECK(value_of(evaluation, measure::kMemoryMedian) == 450);
  CHECK(value_of(evaluation, measure::kMemoryMax) == 800);
  CHECK(evaluation.threshold == 0.3);
}

TEST_CASE("the curve rises wherever a change is hit and ends with all false calls", "[datasets][evaluation]") {
  const Evaluation evaluation = datasets::evaluate("tool", evaluation_set());
  REQUIRE(evaluation.curve.size() == 4);
  CHECK(evaluation.curve[0].score == 0.9);
  CHECK(evaluation.curve[0].false_calls_a_board == 0);
  CHECK(evaluation.curve[0].recall == 0.2);
  CHECK(evaluation.curve[1].score == 0.6);
  CHECK(evaluation.curve[1].false_calls_a_board == 0.4);
  CHECK(evaluation.curve[2].recall == 0.6);
  CHECK(evaluation.curve[3].score == 0.3);
  CHECK(evaluation.curve[3].false_calls_a_board == 0.8);
  CHECK(evaluation.curve[3].recall == 0.6);
}

TEST_CASE("recall is told by size, kind, background and style", "[datasets][evaluation]") {
  const Evaluation evaluation = datasets::evaluate("tool", evaluation_set());
  CHECK(names_in(evaluation, "size") ==
        std::vector<std::string>{"<= 1.0 mm", "<= 1.6 mm", "<= 7 mm", "> 7 mm", "unknown"});
  CHECK(in_group(evaluation, "size", "<= 1.6 mm").value == 1);
  CHECK(in_group(evaluation, "size", "<= 1.0 mm").value == 0);
  CHECK(in_group(evaluation, "size", "unknown").value == 1);
  CHECK(in_group(evaluation, "kind", "extra_component").value == Approx(2.0 / 3));
  CHECK(in_group(evaluation, "style", "server").value == 1);
  CHECK(names_in(evaluation, "style") == std::vector<std::string>{"server", "unknown"});
  const auto place =
      static_cast<std::size_t>(&in_group(evaluation, "kind", "extra_component") - evaluation.measures.data());
  CHECK(evaluation.counts[place].changes == 3);
  CHECK(evaluation.counts[place].found == 1);  // c3 is only a candidate
}

TEST_CASE("kinds are confused as the best finding says", "[datasets][evaluation]") {
  const datasets::Confusion confusion = datasets::evaluate("tool", evaluation_set()).confusion;
  CHECK(confusion.true_kinds ==
        std::vector<std::string>{"extra_component", "missing_component", "moved_component", "(nothing)"});
  CHECK(confusion.reported_kinds ==
        std::vector<std::string>{"changed_surface", "extra_component", "missing_component", "(not found)"});
  CHECK(confusion.counts == std::vector<std::vector<int>>{{0, 1, 0, 2}, {0, 0, 0, 1}, {0, 1, 0, 0}, {1, 0, 1, 0}});
}

TEST_CASE("the order in which results come makes no difference", "[datasets][evaluation]") {
  auto turned = evaluation_set();
  std::reverse(turned.begin(), turned.end());
  const Evaluation one = datasets::evaluate("tool", evaluation_set());
  const Evaluation other = datasets::evaluate("tool", turned);
  REQUIRE(one.measures.size() == other.measures.size());
  for (std::size_t i = 0; i < one.measures.size(); ++i) {
    CHECK(one.measures[i].value == other.measures[i].value);
    REQUIRE(one.measures[i].bounds.has_value() == other.measures[i].bounds.has_value());
    if (one.measures[i].bounds) {
      CHECK(one.measures[i].bounds->low == other.measures[i].bounds->low);
      CHECK(one.measures[i].bounds->high == other.measures[i].bounds->high);
    }
  }
}

TEST_CASE("a set without changes, strangers or points has no figures for them", "[datasets][evaluation]") {
  const Evaluation evaluation = datasets::evaluate("tool", {quiet_case("a")});
  for (const auto name : {measure::kFound, measure::kRecall[1], measure::kFirst, measure::kKindRight, measure::kRefused,
                          measure::kRegistrationP50}) {
    CHECK_FALSE(value_of(evaluation, name));
    CHECK_FALSE(figure(evaluation, name).bounds);
  }
  CHECK(value_of(evaluation, measure::kClean) == 1);
  CHECK(evaluation.curve.empty());
  CHECK(std::isinf(evaluation.threshold));
}

TEST_CASE("cases of one board are drawn together", "[datasets][evaluation]") {
  // Ten boards, half of them found. As ten boards the recall moves; as ten cases of one board every draw is the same.
  std::vector<CaseResult> cases;
  for (int i = 0; i < 10; ++i) {
    CaseResult one = quiet_case("case-" + std::to_string(i));
    one.changes = {change_of("c", "extra_component", {1, 1})};
    if (i % 2 == 0) {
      one.findings = {finding_of(0.9, "extra_component", {"c"})};
    }
    cases.push_back(one);
  }
  const auto bounds = figure(datasets::evaluate("tool", cases), measure::kFound).bounds;
  REQUIRE(bounds);
  CHECK(bounds->low >= 0.1);
  CHECK(bounds->low <= 0.3);  // a binomial of ten with 0.5 has its lower 2.5 % at 2
  CHECK(bounds->high >= 0.7);
  CHECK(bounds->high <= 0.9);
  for (CaseResult& one : cases) {
    one.board = "the same";
  }
  const auto of_one = figure(datasets::evaluate("tool", cases), measure::kFound).bounds;
  REQUIRE(of_one);
  CHECK(of_one->low == 0.5);
  CHECK(of_one->high == 0.5);
}

TEST_CASE("every draw has as many boards as there are", "[datasets][evaluation]") {
  const std::vector<std::size_t> boards = {0, 0, 1, 2, 2, 2};
  const auto draws = datasets::drawn_weights(boards, {.draws = 50, .seed = 3});
  REQUIRE(draws.size() == 50);
  for (const auto& weights : draws) {
    CHECK(weights[0] == weights[1]);
    CHECK(weights[3] == weights[5]);
    CHECK(weights[0] + weights[2] + weights[3] == 3);
  }
  CHECK(draws != datasets::drawn_weights(boards, {.draws = 50, .seed = 4}));
  CHECK(draws == datasets::drawn_weights(boards, {.draws = 50, .seed = 3}));
}

TEST_CASE("a case that counts twice is the same as the case twice", "[datasets][evaluation]") {
  const std::vector<CaseResult> once = evaluation_set();
  std::vector<CaseResult> twice = once;
  twice.push_back(once[0]);
  twice.push_back(once[3]);
  twice.push_back(once[3]);
  const datasets::MeasuredResults weighed(once);
  const datasets::MeasuredResults repeated(twice);
  REQUIRE(weighed.measures() == repeated.measures());
  const auto a = weighed.values({2, 1, 1, 3, 1, 1, 1, 1});
  const auto b = repeated.values(datasets::Weights(twice.size(), 1));
  for (std::size_t i = 0; i < a.size(); ++i) {
    INFO(weighed.measures()[i].name);
    REQUIRE(a[i].has_value() == b[i].has_value());
    if (a[i]) {
      CHECK(*a[i] == Approx(*b[i]).margin(1e-12));
    }
  }
}

TEST_CASE("sizes go by the longer side, with the rounding of case files", "[datasets][evaluation]") {
  CHECK(datasets::size_class(change_of("", "", {0.5, 1.0})) == "<= 1.0 mm");
  CHECK(datasets::size_class(change_of("", "", {1.6004, 0.8})) == "<= 1.6 mm");
  CHECK(datasets::size_class(change_of("", "", {1.7, 0.8})) == "<= 3.2 mm");
  CHECK(datasets::size_class(change_of("", "", {1, 1, 9})) == "<= 1.0 mm");
  CHECK(datasets::size_class(change_of("", "", {1, 7.1})) == "> 7 mm");
  CHECK(datasets::size_class(change_of("", "", {})) == "unknown");
}
