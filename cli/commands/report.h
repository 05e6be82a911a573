// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff report FILE.bdcase: the arguments behind the command's name.
[[nodiscard]] ExitStatus report_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
