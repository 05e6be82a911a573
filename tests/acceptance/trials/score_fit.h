// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_score.h"
#include "tests/acceptance/trials/finding_trial.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// The weights that make the logarithm of the odds most likely over the regions of photographs, by logistic regression
// with a ridge on signs in deviations from their mean.
[[nodiscard]] compare::SignWeights fitted_weights(const std::vector<FindingTrial>& trials);

// What `weights` say of each trial's regions, in the trials' order.
using TrialWeights = std::vector<std::vector<double>>;

// The same with each board's regions weighed by what was fitted to the others.
[[nodiscard]] TrialWeights weights_by_others(const std::vector<FindingTrial>& trials);

// A line through the logarithms of the false calls a board that come with a weight.
[[nodiscard]] compare::CallRate fitted_rate(const std::vector<FindingTrial>& trials, const TrialWeights& weights);

// Share of all changes that a region hits which is above the threshold of so many false calls a board.
[[nodiscard]] double recall_at(const std::vector<FindingTrial>& trials, const TrialWeights& weights,
                               double false_calls_a_board);

// All of it as text: the tables of compare/region_score.cpp, and how well they do.
[[nodiscard]] std::string score_text(const std::vector<FindingTrial>& trials);

}  // namespace boarddiff::trials
