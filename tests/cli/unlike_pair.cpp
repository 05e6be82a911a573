// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/unlike_pair.h"

#include <catch2/catch.hpp>

namespace boarddiff::test {

UnlikePair::UnlikePair() {
  write_noise_picture(folder_ / "reference.png", 320, 240, 1);
  write_noise_picture(folder_ / "sample.png", 320, 240, 2);
}

ProgramRun UnlikePair::inspect(const std::vector<std::string>& more, bool err_is_terminal) const {
  return inspect_sample("sample.png", more, err_is_terminal);
}

ProgramRun UnlikePair::inspect_sample(std::string_view sample, const std::vector<std::string>& more,
                                      bool err_is_terminal) const {
  std::vector<std::string> arguments = {"inspect", path("reference.png"), path(sample), "--output", path("out")};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments, err_is_terminal);
}

void check_trouble(const ProgramRun& run, const UnlikePair& pair, const std::string& says) {
  check_trouble(run, says);
  CHECK_FALSE(std::filesystem::exists(pair / "out"));
}

}  // namespace boarddiff::test
