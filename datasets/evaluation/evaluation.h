// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation_measures.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace boarddiff::datasets {

struct BootstrapOptions {
  int draws = 1000;
  std::uint64_t seed = 1;
};

// The interval that 95 of 100 draws lie in.
struct Bounds {
  double low = 0;
  double high = 0;
};

struct MeasuredValue {
  Measure measure = {};
  std::optional<double> value = {};  // nothing: the cases have nothing to measure it on
  std::optional<Bounds> bounds = {};
};

// What stands behind a recall.
struct GroupCount {
  int changes = 0;
  int found = 0;  // by a finding at the tool's own threshold
};

// How often which kind of change was reported as which, by the best finding that hits it.
struct Confusion {
  std::vector<std::string> true_kinds = {};      // rows; last "(nothing)": false calls
  std::vector<std::string> reported_kinds = {};  // columns; last "(not found)"
  std::vector<std::vector<int>> counts = {};
};

// A tool over a set of cases.
struct Evaluation {
  std::string tool = {};
  std::vector<CaseResult> cases = {};  // by name
  int boards = 0;                      // different ones
  int changes = 0;                     // in cases of one board
  int not_aligned = 0;                 // cases of one board that the tool refused
  int trouble = 0;                     // cases in which the tool failed
  std::vector<MeasuredValue> measures = {};
  std::vector<GroupCount> counts = {};  // for each measure of a group; zeros before them
  double threshold = 0;                 // score at one false call a board; infinity: no score
  std::vector<CurvePoint> curve = {};
  Confusion confusion = {};
  StatedSizes stated = {};  // empty where no report states a sensitivity
};

// The figures of docs/accuracy.md, with bounds by drawing boards (not cases: those of one board are alike). The same
// results and seed give the same figures in whatever order the results come. At least one result; names differ.
[[nodiscard]] Evaluation evaluate(const std::string& tool, std::vector<CaseResult> results,
                                  const BootstrapOptions& options = {});

// A measure of the whole set.
[[nodiscard]] const MeasuredValue& figure(const Evaluation& evaluation, std::string_view name_in_all);

// The board of each case as a number, from 0 in order of their names.
[[nodiscard]] std::vector<std::size_t> board_numbers(const std::vector<CaseResult>& results);

// For each draw of as many boards as there are, with replacement: how often each case counts.
[[nodiscard]] std::vector<Weights> drawn_weights(const std::vector<std::size_t>& board_of_case,
                                                 const BootstrapOptions& options);

// Over the draws in which the value exists; nothing when it never does.
[[nodiscard]] std::optional<Bounds> bounds_of(std::vector<double> drawn);

}  // namespace boarddiff::datasets
