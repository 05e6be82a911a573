// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/surface.h"

namespace boarddiff::datasets {

// Paints laminate, copper, mask, pads, print and holes of a design onto an empty surface.
void paint_bare_board(Surface& surface, const BoardDesign& design);

// The mask itself, over laminate.
[[nodiscard]] Finish mask_finish(const BoardDesign& design);

// What lies under the mask, for where it is scratched away.
[[nodiscard]] Finish laminate_finish();

}  // namespace boarddiff::datasets
