// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"

#include <vector>

namespace boarddiff::compare {

// The evidence of one sample against several known-good boards, all measured in one frame: each way and each cell as
// the board has it that explains the cell best, the one with the least difference of those that were inspected there;
// the earlier one of equals. What no board explains stays. A cell is inspected if it was against one of the boards.
// At least one; one alone is given back unchanged.
[[nodiscard]] Evidence best_explained(const std::vector<Evidence>& by_board);

}  // namespace boarddiff::compare
