// SPDX-License-Identifier: Apache-2.0
#include "cli/progress_line.h"

namespace boarddiff::cli {

void ProgressLine::show(std::string_view stage) {
  if (shown_) {
    // Back to the first column and erase the line: not a colour, so NO_COLOR has nothing to switch off.
    err_ << "\r\x1b[K" << stage << std::flush;
  }
}

}  // namespace boarddiff::cli
