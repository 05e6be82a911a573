// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_status.h"
#include "cli/streams.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

struct Command {
  std::string_view name = {};
  std::string_view summary = {};
  ExitStatus (*run)(const std::vector<std::string>& arguments, const Streams& streams) = nullptr;
};

// All commands, in the order of the help; completions and manuals are made from them, too.
[[nodiscard]] std::span<const Command> commands();

// The program without its name: finds the command and runs it. Returns the exit status (cli/exit_status.h). The one
// place that catches: every error ends as one line "boarddiff: MESSAGE" on streams.err.
[[nodiscard]] int run(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace boarddiff::cli
