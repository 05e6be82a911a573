// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/evaluation.h"

#include <string>

namespace boarddiff::datasets {

// A row a case: what it is, how many changes and what was found, false calls, registration, seconds, memory, trouble.
[[nodiscard]] std::string cases_csv(const Evaluation& evaluation);

// A row a change of a case of one board: what it is, whether found ("yes", "candidate", "no"), and rank among all
// findings and candidates of its case, score and kind of the best that hits it.
[[nodiscard]] std::string changes_csv(const Evaluation& evaluation);

}  // namespace boarddiff::datasets
