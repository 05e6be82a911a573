// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// What a command says of itself, for completions and manual pages.
struct CommandEntry {
  std::string name = {};
  std::string summary = {};
  std::string usage = {};  // its help as far as the flags: how it is called, and what it does
  std::vector<FlagEntry> flags = {};
  std::string ending = {};  // its help behind the flags
};

// Of all commands, from the table of the program and what each one parses.
[[nodiscard]] std::vector<CommandEntry> command_entries();

}  // namespace boarddiff::cli
