// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"

#include <string>

namespace boarddiff::cli {

// What a lot says of itself where its reference is one of its own boards: where most boards differ from the reference
// in the same way, it is the reference that is odd. Those findings become advisory (`advisory` 2 in the case file), and
// the reference's own row gets one in their place. Done anew each time, from what the inspections found. `options` and
// `reference` are the hashes of the batch's.
void apply_consensus(CaseStore& store, const std::string& options, const std::string& reference);

}  // namespace boarddiff::cli
