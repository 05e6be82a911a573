// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/cli/run_program.h"
#include "tests/support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::test {

// A folder with pictures to enrol. good1 to good3: parts of one picture, as if of three units; odd: the same with a
// dark body at (200, 150); noise: no board at all.
class EnrollBench {
 public:
  EnrollBench();

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::string path(std::string_view name) const { return (folder_ / name).string(); }

  // The program's end after `enroll` with these pictures of the folder.
  [[nodiscard]] ProgramRun enroll(const std::vector<std::string>& pictures, const std::vector<std::string>& more = {},
                                  const std::string& output = "golden.bdref") const;

  // The report on two files of the folder.
  [[nodiscard]] nlohmann::json inspected(const std::string& reference, const std::string& sample,
                                         const std::vector<std::string>& more = {}) const;

 private:
  TemporaryFolder folder_ = {};
};

}  // namespace boarddiff::test
