// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// boarddiff batch REFERENCE (DIR | PATTERN... | LIST.csv | -) --case FILE: arguments without the command's name.
[[nodiscard]] ExitStatus batch_command(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
