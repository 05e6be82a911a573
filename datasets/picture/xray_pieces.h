// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/xray_slices.h"

#include <vector>

// Private to the X-ray renderer.
namespace boarddiff::datasets {

// Bodies, what they hold, solder and wires of one side. Joints differ from specimen to specimen (as parts slip) in
// amount and voids. `below`: what stands on the back, in the front's frame, hangs down from the board.
[[nodiscard]] std::vector<XrayPiece> pieces_of(const BoardDesign& design, const Raster& raster, bool below);

}  // namespace boarddiff::datasets
