// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/manual/command_entry.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// Scripts that complete commands, flags and their values in a shell; they ask nothing of the program.
[[nodiscard]] std::string bash_completion(const std::vector<CommandEntry>& commands);
[[nodiscard]] std::string zsh_completion(const std::vector<CommandEntry>& commands);
[[nodiscard]] std::string fish_completion(const std::vector<CommandEntry>& commands);

}  // namespace boarddiff::cli
