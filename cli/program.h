// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// The program without its name: finds the command and runs it. Returns the exit status (cli/exit_status.h). The one
// place that catches: every error ends as one line "boarddiff: MESSAGE" on streams.err.
[[nodiscard]] int run(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
