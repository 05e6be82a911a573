// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"
#include "imaging/base/execution.h"

#include <unistd.h>

#include <iostream>

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  boarddiff::imaging::compute_alike_on_all_processors();
  return boarddiff::cli::run(arguments, {std::cout, std::cerr, isatty(STDERR_FILENO) == 1});
}
