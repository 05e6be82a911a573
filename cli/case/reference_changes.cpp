// SPDX-License-Identifier: Apache-2.0
#include "cli/case/reference_changes.h"

namespace boarddiff::cli {

void add_to_trail(CaseStore& store, const ReferenceChange& change) {
  store.add_to_trail(change.action, "reference " + change.file,
                     change.detail + "; its sha256 was " + change.sha256.before + " and is " + change.sha256.after);
}

}  // namespace boarddiff::cli
