// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/evaluation_compare.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace boarddiff::datasets {
namespace {

// The same name is not enough: a folder that was rendered anew may hold another board.
bool is_same_case(const CaseResult& a, const CaseResult& b) {
  return a.name == b.name && a.board == b.board && a.same_board == b.same_board && a.exhaustive == b.exhaustive &&
         a.style == b.style && a.severity == b.severity && a.modality == b.modality &&
         std::equal(a.changes.begin(), a.changes.end(), b.changes.begin(), b.changes.end(),
                    [](const CaseChange& one, const CaseChange& other) {
                      return one.id == other.id && one.kind == other.kind && one.box == other.box &&
                             one.size_mm == other.size_mm && one.background == other.background;
                    });
}

std::vector<CaseResult> common_with(const std::vector<CaseResult>& cases, const std::vector<CaseResult>& others) {
  std::vector<CaseResult> common;
  for (const CaseResult& one : cases) {
    if (std::any_of(others.begin(), others.end(), [&](const CaseResult& other) { return is_same_case(one, other); })) {
      common.push_back(one);
    }
  }
  return common;
}

std::set<std::string> boards_of(const std::vector<CaseResult>& cases) {
  std::set<std::string> boards;
  for (const CaseResult& one : cases) {
    boards.insert(one.board);
  }
  return boards;
}

int count_without(const std::set<std::string>& boards, const std::set<std::string>& others) {
  return static_cast<int>(
      std::count_if(boards.begin(), boards.end(), [&](const std::string& board) { return others.count(board) == 0; }));
}

Verdict verdict_of(const Bounds& difference, bool higher_is_better, int boards) {
  const bool higher = difference.low > 0;
  const bool lower = difference.high < 0;
  if (boards < kLeastBoardsToCompare || (!higher && !lower)) {
    return Verdict::no_clear_difference;
  }
  return higher == higher_is_better ? Verdict::better : Verdict::worse;
}

// A measure that rests on a few of the boards has no value in draws that hold none of them, which with k boards happens
// in about exp(-k) of all draws.
bool rests_on_enough_boards(std::size_t draws_with_value, const BootstrapOptions& options) {
  return static_cast<double>(draws_with_value) >= (1 - std::exp(-(kLeastBoardsToCompare - 0.5))) * options.draws;
}

std::vector<ComparedValue> compared_values(const std::vector<CaseResult>& before, const std::vector<CaseResult>& now,
                                           const BootstrapOptions& options) {
  const MeasuredResults measured_before(before);
  const MeasuredResults measured_now(now);
  imaging::require(measured_before.measures() == measured_now.measures(), "the same cases have the same measures");
  const std::vector<std::size_t> board_of_case = board_numbers(now);
  const int boards = static_cast<int>(boards_of(now).size());
  std::vector<std::vector<double>> differences(measured_now.measures().size());
  for (const Weights& weights : drawn_weights(board_of_case, options)) {
    const Values values_before = measured_before.values(weights);
    const Values values_now = measured_now.values(weights);
    for (std::size_t i = 0; i < differences.size(); ++i) {
      if (values_before[i] && values_now[i]) {
        differences[i].push_back(*values_now[i] - *values_before[i]);
      }
    }
  }
  const Values values_before = measured_before.values(Weights(before.size(), 1));
  const Values values_now = measured_now.values(Weights(now.size(), 1));
  std::vector<ComparedValue> values;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    ComparedValue value{.measure = measured_now.measures()[i], .before = values_before[i], .now = values_now[i]};
    const bool enough = rests_on_enough_boards(differences[i].size(), options);
    if (value.before && value.now) {
      value.difference = bounds_of(std::move(differences[i]));
    }
    if (value.difference && enough) {
      value.verdict = verdict_of(*value.difference, value.measure.higher_is_better, boards);
    }
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::better:
      return "better";
    case Verdict::worse:
      return "worse";
    case Verdict::no_clear_difference:
      break;
  }
  return "no clear difference";
}

std::vector<double> point_errors(const std::vector<CaseResult>& results) {
  std::vector<double> errors;
  for (const CaseResult& result : results) {
    if (result.same_board) {
      errors.insert(errors.end(), result.point_errors_px.begin(), result.point_errors_px.end());
    }
  }
  std::sort(errors.begin(), errors.end());
  return errors;
}

Comparison compare_evaluations(const Evaluation& before, const Evaluation& now, const BootstrapOptions& options) {
  const std::vector<CaseResult> common_before = common_with(before.cases, now.cases);
  const std::vector<CaseResult> common_now = common_with(now.cases, before.cases);
  const std::set<std::string> boards_before = boards_of(before.cases);
  const std::set<std::string> boards_now = boards_of(now.cases);
  Comparison comparison;
  comparison.tool_before = before.tool;
  comparison.cases = static_cast<int>(common_now.size());
  comparison.boards = static_cast<int>(boards_of(common_now).size());
  comparison.cases_only_before = static_cast<int>(before.cases.size() - common_before.size());
  comparison.cases_only_now = static_cast<int>(now.cases.size() - common_now.size());
  comparison.boards_only_before = count_without(boards_before, boards_now);
  comparison.boards_only_now = count_without(boards_now, boards_before);
  if (common_now.empty()) {
    return comparison;
  }
  comparison.values = compared_values(common_before, common_now, options);
  comparison.curve_before = MeasuredResults(common_before).curve();
  comparison.curve_now = MeasuredResults(common_now).curve();
  comparison.errors_px_before = point_errors(common_before);
  comparison.errors_px_now = point_errors(common_now);
  return comparison;
}

}  // namespace boarddiff::datasets
