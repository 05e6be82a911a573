// SPDX-License-Identifier: Apache-2.0
// The obvious method for X-rays as a program.
#include "datasets/evaluation/log_difference.h"
#include "tests/yardstick/yardstick_tool.h"

int main(int count, char** values) {
  return boarddiff::test::run_yardstick(
      "log_difference_tool",
      [](const auto& reference, const auto& sample) { return boarddiff::datasets::log_difference(reference, sample); },
      count, values);
}
