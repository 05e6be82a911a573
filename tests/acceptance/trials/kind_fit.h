// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/likeliest_kind.h"
#include "tests/acceptance/trials/finding_trial.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// The weights that make the true kinds most likely over the regions of photographs that hit changes of one kind, by
// multinomial logistic regression with a ridge on signs in deviations from their mean. A region counts as much as its
// score, since the kind of what is shown matters.
[[nodiscard]] compare::KindWeights fitted_kind_weights(const std::vector<FindingTrial>& trials);

// Share of those regions, each counted by its score, whose kind is right when each board's are told by what was fitted
// to the others; and as the program tells them today.
struct KindShares {
  double by_others = 0;
  double today = 0;
};
[[nodiscard]] KindShares right_kinds(const std::vector<FindingTrial>& trials);

// All of it as text: the table of compare/likeliest_kind.cpp, and how well it does.
[[nodiscard]] std::string kind_text(const std::vector<FindingTrial>& trials);

}  // namespace boarddiff::trials
