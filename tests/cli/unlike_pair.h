// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::test {

// A folder with two pictures of noise, reference.png and sample.png, which nothing can bring together.
class UnlikePair {
 public:
  UnlikePair();

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  // Into the folder's `out`.
  [[nodiscard]] ProgramRun inspect(const std::vector<std::string>& more, bool err_is_terminal = false) const;
  [[nodiscard]] ProgramRun inspect_sample(std::string_view sample, const std::vector<std::string>& more = {},
                                          bool err_is_terminal = false) const;

 private:
  TemporaryFolder folder_ = {};
};

// And no file in `out`.
void check_trouble(const ProgramRun& run, const UnlikePair& pair, const std::string& says);

}  // namespace boarddiff::test
