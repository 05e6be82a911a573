// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/seen_footprint.h"

// Private to kicad_shapes.
namespace boarddiff::datasets {

// A moulded circuit whose pins, pads or balls go where the footprint has them.
[[nodiscard]] PartShape circuit_on(const SeenFootprint& footprint);

}  // namespace boarddiff::datasets
