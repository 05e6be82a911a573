// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {

// power: traces from large pads are as wide as these, few buses run in parallel, and there is more poured copper.
enum class CopperFor { signals, power };

// Adds traces, vias and pours between the parts of a design that has its parts, holes and lettering. None of them
// touches `kept_free_mm`.
void route_traces(BoardDesign& design, const imaging::Random& random, const imaging::Box& kept_free_mm = {},
                  CopperFor use = CopperFor::signals);

}  // namespace boarddiff::datasets
