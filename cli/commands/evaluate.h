// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff evaluate: the arguments behind the command's name. 0 when the cases were evaluated, whatever the figures.
[[nodiscard]] ExitStatus evaluate_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
