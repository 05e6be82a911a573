// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "compare/inspection.h"
#include "imaging/load.h"

#include <vector>

namespace boarddiff::cli {

// The flags of the stages, named stage dot field, one line a flag in the source. The pointers live as long as the
// options.
[[nodiscard]] FlagGroup load_flags(imaging::LoadOptions& options);
[[nodiscard]] FlagGroup registration_flags(imaging::RegistrationOptions& options);
[[nodiscard]] std::vector<FlagGroup> inspection_flags(compare::InspectionOptions& options);

}  // namespace boarddiff::cli
