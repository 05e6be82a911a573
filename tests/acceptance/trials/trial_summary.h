// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/acceptance/trials/trial_result.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

struct Bounds {
  double least = 0;
  double most = 1;
};

// Where a share lies with 95 % confidence when `hits` of `count` independent trials hit: Clopper and Pearson (1934),
// exact, two-sided; 0 to 1 without a trial.
[[nodiscard]] Bounds share_bounds(int hits, int count);

// Tables as markdown: false refusals and false accepts by group with their bounds, and the errors of what was accepted.
[[nodiscard]] std::string summary_of(const std::vector<TrialResult>& results);

}  // namespace boarddiff::trials
