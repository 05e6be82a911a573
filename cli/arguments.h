// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "imaging/base/options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What stands on a command line beside the flags' values.
struct ParsedArguments {
  bool help = false;
  std::vector<std::string> files = {};                // what is no flag, in order
  std::filesystem::path config = {};                  // as given with --config; empty: none
  std::vector<imaging::OptionProblem> problems = {};  // values that their flags cannot take
};

// Sets the flags' fields from the arguments, and from the file named with --config for what the arguments leave open.
// Flags are spelt out, `--flag value` or `--flag=value`, each at most once. Adds --help and --config. Throws Error:
// invalid_option naming every unknown flag and key at once, or what is missing or given twice; unreadable_file for
// the configuration file.
[[nodiscard]] ParsedArguments parse_arguments(const std::vector<FlagGroup>& groups,
                                              const std::vector<std::string>& arguments);

// The flags with their defaults and meanings, for --help.
[[nodiscard]] std::string flags_help(const std::vector<FlagGroup>& groups);

}  // namespace boarddiff::cli
