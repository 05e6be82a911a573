// SPDX-License-Identifier: Apache-2.0
// The published method of clusters as a program.
#include "datasets/evaluation/cluster_difference.h"
#include "tests/yardstick/yardstick_tool.h"

int main(int count, char** values) {
  return boarddiff::test::run_yardstick(
      "cluster_difference_tool",
      [](const auto& reference, const auto& sample) {
        return boarddiff::datasets::cluster_difference(reference, sample);
      },
      count, values);
}
