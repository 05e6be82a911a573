// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "imaging/base/options.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// What stands on a command line beside the flags' values.
struct ParsedArguments {
  bool help = false;
  std::vector<std::string> files = {};                // what is no flag, in order
  std::filesystem::path config = {};                  // as given with --config; empty: none
  std::vector<imaging::OptionProblem> problems = {};  // values that their flags cannot take
};

// A flag without its field, for completions and manuals.
struct FlagEntry {
  std::string name = {};                  // without the dashes
  std::string value = {};                 // "N", "PATH", "photo|xray"; empty for a switch
  std::vector<std::string> choices = {};  // of the value; empty: it is free
  std::string default_text = {};
  std::string meaning = {};
  std::string group = {};
};

// Thrown by parse_arguments when `--list-flags` is the only argument, so that who asks a command for its flags gets
// those that it parses. `help`: what flags_help says of them.
struct FlagsListed {
  std::vector<FlagEntry> flags = {};
  std::string help = {};
};
inline constexpr std::string_view kListFlags = "--list-flags";

// Sets the flags' fields from the arguments, and from the file named with --config for what the arguments leave open.
// Flags are spelt out, `--flag value` or `--flag=value`, each at most once. Adds --help and --config. Throws Error:
// invalid_option naming every unknown flag and key at once, or what is missing or given twice; unreadable_file for
// the configuration file.
[[nodiscard]] ParsedArguments parse_arguments(const std::vector<FlagGroup>& groups,
                                              const std::vector<std::string>& arguments);

// The flags with their defaults and meanings, for --help.
[[nodiscard]] std::string flags_help(const std::vector<FlagGroup>& groups);

}  // namespace boarddiff::cli
