// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

namespace boarddiff::cli {

// Where a command writes: results to `out`, everything else to `err`.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;  // only then is progress shown
};

}  // namespace boarddiff::cli
