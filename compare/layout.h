// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <vector>

namespace boarddiff::compare {

struct LayoutOptions {};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const LayoutOptions& options);

}  // namespace boarddiff::compare
