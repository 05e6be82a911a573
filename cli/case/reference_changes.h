// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "cli/reference_update.h"

#include <string>

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

}  // namespace boarddiff::cli
