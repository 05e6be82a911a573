// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Makes a database that was just opened the case file that it is to be (docs/case-file.md): an empty one gets its
// tables, one of an older boarddiff is copied beside itself and then gets those that it lacks. Returns what is worth
// saying, a sentence each. Throws Error: unsupported_format for another kind of database and for the file of a newer
// boarddiff, damaged_file for tables that are not those of a case file, unwritable_output.
[[nodiscard]] std::vector<std::string> prepare_case(compare::Database& database, const std::filesystem::path& path,
                                                    compare::DatabaseAccess access);

// For others to read: all that was written is in the one file, which needs no other beside it. Does nothing while other
// programs have it open.
void leave_case(compare::Database& database);

}  // namespace boarddiff::cli
