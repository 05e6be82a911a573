// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/known_good.h"

#include <cstddef>
#include <vector>

namespace boarddiff::compare {

// One of several known-good boards, inspected as if it were a sample.
struct BoardCheck {
  std::size_t board = 0;                 // the sample: boxes of findings are in its picture
  std::vector<std::size_t> others = {};  // what it was compared with, the reference first
  InspectionReport report = {};
};

// What tells each board from the others. Of two boards one is compared with the other, and a finding says not which of
// them is odd; of more, a finding of a board is a place that none of the others explains. A board that has no finding
// against one other is not compared with the rest. No check of one board alone. The regions of the options are those of
// the first board.
[[nodiscard]] std::vector<BoardCheck> check_boards(const LaidBoards& boards, const InspectionOptions& options = {},
                                                   const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
