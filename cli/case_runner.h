// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/case_result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// The program that is evaluated: ours, or another with the command line of `boarddiff inspect`.
struct Tool {
  std::filesystem::path program = {};
  std::vector<std::string> more_arguments = {};  // behind those of every case
  double timeout_s = 300;
};

// Runs `PROGRAM inspect REFERENCE SAMPLE --output FOLDER [--modality xray] [--pixels-per-mm N] [--points IN
// --points-output OUT]` and reads what it left. FOLDER must exist; the points lie in it as points-in.csv and
// points-out.csv. What the tool does wrong is the result's trouble; throws Error only for what we cannot write.
[[nodiscard]] datasets::CaseResult run_case(const datasets::Case& one, const Tool& tool,
                                            const std::filesystem::path& folder);

// What a run leaves in its folder, so that it can be taken away before the next.
[[nodiscard]] std::vector<std::filesystem::path> left_by_run(const std::filesystem::path& folder);

}  // namespace boarddiff::cli
