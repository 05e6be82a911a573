// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/fit_check.h"
#include "tests/acceptance/trials/trial_result.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// The weights that make `confidence_of` the most likely probability of being right over the fits of these trials
// (logistic regression, by Newton's method, with a small ridge so that separable trials have an end). Ambiguous trials,
// and pairs that nothing was fitted to, are left out.
[[nodiscard]] imaging::ConfidenceTerms fitted_confidence(const std::vector<TrialResult>& results);

// The same as text, and how often fits are right by their confidence, as a table.
[[nodiscard]] std::string confidence_text(const std::vector<TrialResult>& results);

}  // namespace boarddiff::trials
