// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

namespace boarddiff::datasets {

// What boards are printed with besides names.
enum class Symbol { crossed_bin, static_hazard, lead_free, logo };

void add_symbol(BoardDesign& design, Symbol symbol, const imaging::Box& place_mm);

}  // namespace boarddiff::datasets
