// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/seen_footprint.h"

// Private to kicad_shapes.
namespace boarddiff::datasets {

// Parts on wires or pins through holes, connectors, and blocks for what has no shape of its own.
[[nodiscard]] PartShape wired_part(const SeenFootprint& footprint, PartKind kind);

}  // namespace boarddiff::datasets
