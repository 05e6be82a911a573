// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace boarddiff::datasets {

// What is measured. A measure of the whole set stands in the group "all"; the others are recalls at one false call a
// board of the changes that have something in common ("size", "<= 1.6 mm").
struct Measure {
  std::string group = {};
  std::string name = {};
  bool higher_is_better = true;
  bool operator==(const Measure&) const = default;
};

// The names in the group "all".
namespace measure {
inline constexpr std::string_view kFound = "found";
inline constexpr std::array<std::string_view, 3> kRecall = {"recall_0.25", "recall_1", "recall_4"};
inline constexpr std::array<double, 3> kFalseCallsABoard = {0.25, 1, 4};
inline constexpr std::string_view kFirst = "first";
inline constexpr std::string_view kKindRight = "kind_right";
inline constexpr std::string_view kFalseCallsMean = "false_calls_mean";
inline constexpr std::string_view kFalseCallsMedian = "false_calls_median";
inline constexpr std::string_view kClean = "clean";
inline constexpr std::string_view kRefused = "refused";
inline constexpr std::string_view kAligned = "aligned";
inline constexpr std::string_view kRegistrationP50 = "registration_p50_px";
inline constexpr std::string_view kRegistrationP95 = "registration_p95_px";
inline constexpr std::string_view kSecondsMedian = "seconds_median";
inline constexpr std::string_view kSecondsMax = "seconds_max";
inline constexpr std::string_view kMemoryMedian = "memory_median_mb";
inline constexpr std::string_view kMemoryMax = "memory_max_mb";
}  // namespace measure

using Values = std::vector<std::optional<double>>;

// How often each case counts; 1 everywhere for the figures themselves, as drawn for a bootstrap.
using Weights = std::vector<int>;

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

  // Those of the whole set first, then the groups; the same cases give the same measures for every tool.
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
    std::vector<std::size_t> measures = {};                        // the groups it belongs to
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
  using Sample = std::pair<double, std::size_t>;  // a value and its case

  void add_case(const CaseResult& result, std::size_t index);
  void add_truth(const CaseResult& result, std::size_t index);
  void add_finding(const CaseFinding& finding, std::size_t index);
  void name_measures(const std::vector<CaseResult>& results);
  void put_case_shares(Values& values, const Weights& weights) const;
  void put_recalls(Values& values, const Weights& weights) const;
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

// "<= 1.6 mm", by the longer side; "unknown".
[[nodiscard]] std::string size_class(const CaseChange& change);

// The measures of groups that a change counts in: by size, kind, background, style, severity and modality.
[[nodiscard]] std::vector<Measure> groups_of(const CaseResult& result, const CaseChange& change);

// The place of a measure of the whole set among the measures.
[[nodiscard]] std::size_t index_of(std::string_view name_in_all);

}  // namespace boarddiff::datasets
