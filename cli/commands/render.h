// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff render: the arguments behind the command's name. nothing_found (0) when all boards were written.
[[nodiscard]] ExitStatus render_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
