// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/reference_update.h"
#include "compare/database.h"

#include <string>
#include <vector>

namespace boarddiff::cli {

// A change of the reference file that boards of a case were compared with, for the case's trail.
struct ReferenceChange {
  std::string action = {};  // "region drawn"
  std::string file = {};    // without folders
  std::string detail = {};  // by whom and what
  ReferenceHashes sha256 = {};
};

// Within a transaction of the caller.
void add_to_trail(CaseStore& store, const ReferenceChange& change);

// The hash, and those that the file got by changes that are in this case's trail, one after the other: the known-good
// boards in it are the same.
[[nodiscard]] std::vector<std::string> reference_hashes(compare::Database& database, const std::string& sha256);

}  // namespace boarddiff::cli
