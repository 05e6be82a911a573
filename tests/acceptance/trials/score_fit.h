// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_network.h"
#include "compare/region_score.h"
#include "tests/acceptance/trials/finding_trial.h"
#include "tests/acceptance/trials/network_fit.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// What is said of each trial's regions, in the trials' order.
using TrialJudgements = std::vector<std::vector<compare::RegionJudgement>>;

// The regions of each board judged by what was fitted to the others; all trials are of the modality of the plan.
[[nodiscard]] TrialJudgements judged_by_others(const std::vector<FindingTrial>& trials, const NetworkPlan& plan);

// Of X-rays: each trial's regions that are said, best first, where they are weighed like that, and what is said of
// them.
struct SaidOnce {
  std::vector<FindingTrial> trials = {};
  TrialJudgements judgements = {};
};
[[nodiscard]] SaidOnce said_once(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements);

// A line through the logarithms of the false calls a board that come with a weight.
[[nodiscard]] compare::CallRate fitted_rate(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements);

// Share of all changes that a region hits which is above the threshold of so many false calls a board.
[[nodiscard]] double recall_at(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements,
                               double false_calls_a_board);

// Share of the regions above the same threshold that hit changes of one kind and are called that.
[[nodiscard]] double kinds_right_at(const std::vector<FindingTrial>& trials, const TrialJudgements& judgements,
                                    double false_calls_a_board);

// Plain bodies that hit no change.
[[nodiscard]] double plain_bodies_a_board(const std::vector<FindingTrial>& trials);

// As text: the rates of compare/region_score.cpp, and how well all does.
[[nodiscard]] std::string score_text(const std::vector<FindingTrial>& trials);

}  // namespace boarddiff::trials
