// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/kicad_board.h"
#include "datasets/design/board_design.h"

namespace boarddiff::datasets {

// A layout of KiCad's as a board that can be rendered, seen from one side (the back mirrored, as it is seen). Pads,
// tracks, vias, copper areas, prints and the outline are the file's; parts get shapes by the footprint's name, its
// reference and its pads, as large as the footprint draws them, and none where the file says that none is fitted.
// Parts with wires through the board show their solder on the other side. Cut-outs are joined to the outline by lines
// without width. Every part has its own shape.
[[nodiscard]] BoardDesign design_from_kicad(const compare::KicadBoard& board, compare::KicadSide side);

}  // namespace boarddiff::datasets
