// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"

#include <optional>
#include <string>

namespace boarddiff::cli {

// Whether what a case file's rows say of each sample is what its report says, which the trail vouches for: picture,
// outcome, and every finding with kind, score, places and words; and whether picture, reference, options, serial, side
// and stage are those that it was planned with. Returns the first that is not, as one sentence that names the sample;
// nothing where all are. Of lots without a known-good board the outcome is the batch's own, made of all boards.
[[nodiscard]] std::optional<std::string> unlike_report(compare::Database& database);

}  // namespace boarddiff::cli
