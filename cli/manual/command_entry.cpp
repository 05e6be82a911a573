// SPDX-License-Identifier: Apache-2.0
#include "cli/manual/command_entry.h"

#include "cli/program.h"
#include "imaging/base/error.h"

#include <sstream>

namespace boarddiff::cli {
namespace {

std::string help_of(const Command& command) {
  std::ostringstream out;
  std::ostringstream err;
  static_cast<void>(command.run({"--help"}, {.out = out, .err = err}));
  return out.str();
}

FlagsListed flags_of(const Command& command) {
  std::ostringstream ignored;
  try {
    static_cast<void>(command.run({std::string(kListFlags)}, {.out = ignored, .err = ignored}));
  } catch (const FlagsListed& listed) {
    return listed;
  }
  imaging::require(false, "command_entries: every command parses its flags before all else");
  return {};
}

}  // namespace

std::vector<CommandEntry> command_entries() {
  std::vector<CommandEntry> entries;
  for (const Command& command : commands()) {
    const FlagsListed listed = flags_of(command);
    const std::string help = help_of(command);
    const std::size_t begin = help.find(listed.help);
    imaging::require(begin != std::string::npos, "command_entries: a command's help holds its flags");
    entries.push_back({.name = std::string(command.name),
                       .summary = std::string(command.summary),
                       .usage = help.substr(0, begin),
                       .flags = listed.flags,
                       .ending = help.substr(begin + listed.help.size())});
  }
  return entries;
}

}  // namespace boarddiff::cli
