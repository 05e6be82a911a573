// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/kicad_board.h"
#include "datasets/design/board_design.h"

// Private to design_from_kicad.
namespace boarddiff::datasets {

// Adds the silkscreen of one side: lines, filled shapes as hatching, texts.
void add_print(BoardDesign& design, const compare::KicadBoard& board, compare::KicadSide side);

}  // namespace boarddiff::datasets
