// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff verify FILE.bdcase
[[nodiscard]] ExitStatus verify_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
