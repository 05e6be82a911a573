// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation_compare.h"

#include <optional>
#include <string>

namespace boarddiff::datasets {

// "recall at 1 false call a board" for "recall_1"; the name itself for measures of groups.
[[nodiscard]] std::string words_of(const Measure& measure);

// With as many digits as the measure deserves: "0.67", "0.312"; "-" for nothing.
[[nodiscard]] std::string number_of(const Measure& measure, const std::optional<double>& value);
[[nodiscard]] std::string interval_of(const Measure& measure, const std::optional<Bounds>& bounds);  // "0.55 to 0.71"
[[nodiscard]] std::string signed_interval_of(const Measure& measure,
                                             const std::optional<Bounds>& bounds);  // "-0.02 to +0.10"

// One sentence each: how much was evaluated, and what two evaluations have in common.
[[nodiscard]] std::string extent_of(const Evaluation& evaluation);
[[nodiscard]] std::string extent_of(const Comparison& comparison);

// Of the measures of the whole set those that are shown: not those of statements where no report states anything.
[[nodiscard]] bool is_shown(const MeasuredValue& measured);

// "1 x 0.5 mm"; "no size" for nothing.
[[nodiscard]] std::string words_of(const std::optional<StatedSize>& size);

// "Stated sizes: 1.6 x 0.8 mm on 12 pairs, no size on 2 pairs."; empty where no report states anything.
[[nodiscard]] std::string sentence_on(const StatedSizes& stated);

// "38 of 40".
[[nodiscard]] std::string words_of(const FoundCount& count);

// Tables for a terminal: the measures of the whole set with their bounds, what was found of the parts that reports
// speak of, and the comparison where there is one.
[[nodiscard]] std::string summary_text(const Evaluation& evaluation, const std::optional<Comparison>& comparison);

}  // namespace boarddiff::datasets
