// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

namespace boarddiff::compare {

// Whether a finding points at a change whose place is known, as docs/case-format.md defines it: the centre of either
// box lies in the other, grown by a quarter of its sides and at least 6 px on each side, and the finding's box has at
// most 16 times the change's area; sides below 24 px count as 24. Both boxes are of one frame.
[[nodiscard]] bool hits(const imaging::Box& finding, const imaging::Box& change);

}  // namespace boarddiff::compare
