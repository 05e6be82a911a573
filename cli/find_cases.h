// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/evaluation/read_case.h"

#include <filesystem>
#include <vector>

namespace boarddiff::cli {

// The cases in these folders, each either a case itself (it holds a case.json) or a folder that holds cases, in order
// of their names. Where two have one name, all get the name of the folder above in front: "hard/server-101". Throws
// Error: unreadable_file for a folder without a case, invalid_option for a case that is given twice, and as
// datasets::read_case does.
[[nodiscard]] std::vector<datasets::Case> find_cases(const std::vector<std::filesystem::path>& folders);

}  // namespace boarddiff::cli
