// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

struct EvidenceOptions {};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const EvidenceOptions& options);

struct Evidence {};

}  // namespace boarddiff::compare
