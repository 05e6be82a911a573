// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_network.h"
#include "tests/acceptance/trials/finding_trial.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// The network that makes the truth of the regions of photographs likely: which of them hit a change, and of which kind,
// where they hit changes of one kind alone. Several networks that start from other numbers are fitted by Adam (Kingma
// and Ba, ICLR 2015), with weight decay, and joined to one that says what they say on average. The same trials give the
// same network.
[[nodiscard]] compare::RegionNetwork fitted_network(const std::vector<FindingTrial>& trials);

// As source text: compare/photo_network.cpp.
[[nodiscard]] std::string network_text(const compare::RegionNetwork& network);

}  // namespace boarddiff::trials
