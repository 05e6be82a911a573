// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/surface.h"

namespace boarddiff::datasets {

// What lies on a board and is no part: labels, tape, drops, scratches; and wires.
void paint_patch(Surface& surface, const Patch& patch);
void paint_wire(Surface& surface, const Wire& wire);

}  // namespace boarddiff::datasets
