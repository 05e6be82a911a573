// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/options.h"

#include <vector>

namespace boarddiff::compare {

struct ProposalOptions {
  double min_score = 0.5;  // findings at or above it set the outcome; the rest are candidates
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const ProposalOptions& options);

}  // namespace boarddiff::compare
