// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff decide FILE.bdcase DECISIONS.json...: the arguments behind the command's name.
[[nodiscard]] ExitStatus decide_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
