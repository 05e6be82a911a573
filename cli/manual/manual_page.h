// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/manual/command_entry.h"

#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// The manual page of one command, boarddiff-COMMAND(1).
[[nodiscard]] std::string command_page(const CommandEntry& command);

// The page of the program: what was written by hand, with a list of all commands in place of "@COMMANDS@".
[[nodiscard]] std::string program_page(std::string_view written, const std::vector<CommandEntry>& commands);

}  // namespace boarddiff::cli
