// SPDX-License-Identifier: Apache-2.0
// Writes the manual pages and the completions of three shells, for packages.
//
//   write_manuals BOARDDIFF.1.IN FOLDER
#include "cli/manual/command_entry.h"
#include "cli/manual/manual_page.h"
#include "cli/manual/shell_completion.h"
#include "imaging/base/output_file.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace cli = boarddiff::cli;

int main(int count, char** arguments) try {
  if (count != 3) {
    std::cerr << "usage: write_manuals BOARDDIFF.1.IN FOLDER\n";
    return 2;
  }
  std::ifstream stream(arguments[1], std::ios::binary);
  const std::string written{std::istreambuf_iterator<char>(stream), {}};
  const std::filesystem::path folder = arguments[2];
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& text) {
    boarddiff::imaging::write_file(folder / name, text, boarddiff::imaging::Replace::allow);
  };
  const std::vector<cli::CommandEntry> commands = cli::command_entries();
  write("boarddiff.1", cli::program_page(written, commands));
  for (const cli::CommandEntry& command : commands) {
    write("boarddiff-" + command.name + ".1", cli::command_page(command));
  }
  write("boarddiff.bash", cli::bash_completion(commands));
  write("_boarddiff", cli::zsh_completion(commands));
  write("boarddiff.fish", cli::fish_completion(commands));
  return 0;
} catch (const std::exception& error) {
  std::cerr << "write_manuals: " << error.what() << "\n";
  return 2;
}
