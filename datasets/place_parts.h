// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_design.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {

// Adds parts, designators and printed names to a design that has its outline and holes; nothing overlaps.
void place_parts(BoardDesign& design, BoardStyle style, const imaging::Random& random);

}  // namespace boarddiff::datasets
