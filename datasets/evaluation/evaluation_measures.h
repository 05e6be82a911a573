// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/measure_list.h"
#include "datasets/evaluation/stated_size.h"
#include "datasets/evaluation/weighed_samples.h"

#include <limits>
#include <optional>
#include <vector>

namespace boarddiff::datasets {

using Values = std::vector<std::optional<double>>;

// The false calls a board and the recall when everything from a score on counts.
struct CurvePoint {
  double score = 0;
  double false_calls_a_board = 0;
  double recall = 0;
};

// Results sorted and set against each other once, so that figures for any weights are quick.
class MeasuredResults {
 public:
  explicit MeasuredResults(const std::vector<CaseResult>& results);

  // As measures_of has them.
  [[nodiscard]] const std::vector<Measure>& measures() const { return measures_; }
  // One for each measure; nothing where the cases have nothing to measure it on.
  [[nodiscard]] Values values(const Weights& weights) const;
  // The least score that, over all cases together, makes at most so many false calls a board; above every score when
  // there is none.
  [[nodiscard]] double threshold(const Weights& weights, double false_calls_a_board) const;
  // From the highest score down, a point wherever the recall grows, and the last one.
  [[nodiscard]] std::vector<CurvePoint> curve() const;

 private:
  struct Ranked {  // a finding of a case of one board
    double score = 0;
    std::size_t in_case = 0;
    bool false_call = false;
  };
  struct Truth {
    std::size_t in_case = 0;
    double best_score = -std::numeric_limits<double>::infinity();  // of what hits it
    bool found = false;                                            // by a finding at the tool's own threshold
    bool kind_right = false;                                       // by one of the same kind
    AgainstStated against_stated = AgainstStated::not_told;
    bool on_board = false;
    std::vector<std::size_t> measures = {};  // the groups it belongs to
  };
  struct InCase {
    bool same_board = true;
    bool counted = true;  // its false calls count
    bool changed = false;
    bool first_is_true = false;
    bool compared = true;
    bool refused = false;
    int false_calls = 0;
  };

  void add_case(const CaseResult& result, std::size_t index);
  void add_truth(const CaseResult& result, std::size_t index);
  void add_finding(const CaseFinding& finding, std::size_t index);
  void put_case_shares(Values& values, const Weights& weights) const;
  void put_recalls(Values& values, const Weights& weights) const;
  void put_of_statements(Values& values, const Weights& weights) const;
  void put_samples(Values& values, const Weights& weights) const;

  std::vector<Measure> measures_ = {};
  std::vector<InCase> cases_ = {};
  std::vector<Ranked> ranked_ = {};  // best first
  std::vector<Truth> truths_ = {};
  std::vector<Sample> false_calls_ = {};  // this and the following from the least
  std::vector<Sample> errors_px_ = {};
  std::vector<Sample> seconds_ = {};
  std::vector<Sample> memory_mb_ = {};
};

}  // namespace boarddiff::datasets
