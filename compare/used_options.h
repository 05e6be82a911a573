// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <string>
#include <utility>
#include <vector>

namespace boarddiff::compare {

// Everything that decides what was computed, as flag (without dashes) and value, sorted by flag. Nothing of how:
// no threads, no paths.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> used_options(const InspectionOptions& options);

}  // namespace boarddiff::compare
