// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <string>

namespace boarddiff::cli {

// One table for all commands. Trouble is never 0 or 1: a script that only looks at the status cannot take a failure
// for a result.
enum class ExitStatus {
  nothing_found = 0,   // compared, nothing to review (also: help shown, demonstration passed)
  needs_review = 1,    // compared, there are findings to review
  trouble = 2,         // arguments, files or an internal error
  not_comparable = 3,  // both pictures could be read, but not compared
};

[[nodiscard]] ExitStatus exit_status_of(compare::Outcome outcome);

// The table above in words, for --help.
[[nodiscard]] std::string exit_status_help();

}  // namespace boarddiff::cli
