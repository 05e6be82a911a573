// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::test {

struct ProgramRun {
  int status = -1;
  std::string out = {};
  std::string err = {};
};

// The program with these arguments, as `boarddiff ARGUMENTS...` runs it.
[[nodiscard]] ProgramRun run_program(const std::vector<std::string>& arguments, bool err_is_terminal = false);

// Trouble is status 2, one line on standard error that says this, and nothing on standard output.
void check_trouble(const ProgramRun& run, const std::string& says);

// Writes a PNG full of coloured noise; another seed gives another picture.
void write_noise_picture(const std::filesystem::path& path, int width, int height, unsigned seed = 1);

}  // namespace boarddiff::test
