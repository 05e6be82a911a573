// SPDX-License-Identifier: Apache-2.0
// The obvious method as a program.
#include "datasets/evaluation/plain_difference.h"
#include "tests/yardstick/yardstick_tool.h"

int main(int count, char** values) {
  return boarddiff::test::run_yardstick(
      "plain_difference_tool",
      [](const auto& reference, const auto& sample) {
        return boarddiff::datasets::plain_difference(reference, sample);
      },
      count, values);
}
