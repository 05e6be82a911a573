// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/audit_trail.h"
#include "compare/database.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// What a case file's rows and the entries of its trail say of each other: the options that a batch started with, the
// report of each sample, why one was not inspected, each decision. Returns the first thing that does not fit, as one
// sentence that names entry or row; nothing where all does. Rows that a merge brought have no entries of their own
// here: where there is an entry of one, they are passed over.
[[nodiscard]] std::optional<std::string> unlike_trail(compare::Database& database,
                                                      const std::vector<StoredEntry>& entries);

}  // namespace boarddiff::cli
