// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation.h"

#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// Better or worse only where the interval of the difference does not hold 0.
enum class Verdict { no_clear_difference, better, worse };
[[nodiscard]] std::string_view name_of(Verdict verdict);  // in words: "no clear difference"

struct ComparedValue {
  Measure measure = {};
  std::optional<double> before = {};
  std::optional<double> now = {};
  std::optional<Bounds> difference = {};  // now less before, in 95 of 100 draws
  Verdict verdict = Verdict::no_clear_difference;
};

// Fewer boards say nothing about others, whatever the interval.
inline constexpr int kLeastBoardsToCompare = 5;

// Two evaluations on the cases that both have: of the same name, with the same changes.
struct Comparison {
  std::string tool_before = {};
  int cases = 0;  // in both
  int boards = 0;
  int cases_only_before = 0;
  int cases_only_now = 0;
  int boards_only_before = 0;
  int boards_only_now = 0;
  std::vector<ComparedValue> values = {};  // empty when there is no common case
  std::vector<CurvePoint> curve_before = {};
  std::vector<CurvePoint> curve_now = {};
  std::vector<double> errors_px_before = {};  // from the least
  std::vector<double> errors_px_now = {};
};

// Every draw takes the same boards for both: what makes a board hard then cancels.
[[nodiscard]] Comparison compare_evaluations(const Evaluation& before, const Evaluation& now,
                                             const BootstrapOptions& options = {});

// Of all points of cases of one board, from the least.
[[nodiscard]] std::vector<double> point_errors(const std::vector<CaseResult>& results);

}  // namespace boarddiff::datasets
