// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_stock.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {

// Populates a design that has its size and holes: parts on free ground, their designators and what else is printed,
// and a paper label. Nothing goes to `kept_free_mm`.
void place_parts(BoardDesign& design, const BoardStock& stock, const imaging::Random& random,
                 const imaging::Box& kept_free_mm = {});

}  // namespace boarddiff::datasets
