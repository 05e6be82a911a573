// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"

#include <array>
#include <string>
#include <string_view>
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
// Of extra parts, by the size that the tool states (stated_size.h).
inline constexpr std::string_view kStatedFound = "stated_size_found";
inline constexpr std::string_view kStatedFoundOnBoard = "stated_size_found_on_board";
inline constexpr std::string_view kStatedFoundElsewhere = "stated_size_found_elsewhere";
inline constexpr std::string_view kBelowHalfFound = "below_half_found";
inline constexpr std::array kOfStatements = {kStatedFound, kStatedFoundOnBoard, kStatedFoundElsewhere, kBelowHalfFound};
}  // namespace measure

// "<= 1.6 mm", by the longer side; "unknown".
[[nodiscard]] std::string size_class(const CaseChange& change);

// The measures of groups that a change counts in: by size, kind, background, style, severity and modality.
[[nodiscard]] std::vector<Measure> groups_of(const CaseResult& result, const CaseChange& change);

// Those of the whole set first, then the groups that the changes are in; the same cases give the same ones for every
// tool.
[[nodiscard]] std::vector<Measure> measures_of(const std::vector<CaseResult>& results);

// The place of a measure of the whole set among the measures.
[[nodiscard]] std::size_t index_of(std::string_view name_in_all);

}  // namespace boarddiff::datasets
