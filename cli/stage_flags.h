// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "compare/inspection.h"
#include "imaging/load.h"

#include <string>
#include <utility>
#include <vector>

namespace boarddiff::cli {

// The flags of the stages, named stage dot field, one line a flag in the source. The pointers live as long as the
// options.
[[nodiscard]] FlagGroup load_flags(imaging::LoadOptions& options);
[[nodiscard]] std::vector<FlagGroup> inspection_flags(compare::InspectionOptions& options);

// Every flag of the groups with its value as text, sorted by name: what a report says about how it was computed.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> flag_values(const std::vector<FlagGroup>& groups);

}  // namespace boarddiff::cli
