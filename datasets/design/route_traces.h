// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {

// Adds traces, vias and pours between the parts of a design that has its parts, holes and lettering. None of them
// touches `kept_free_mm`.
void route_traces(BoardDesign& design, const imaging::Random& random, const imaging::Box& kept_free_mm = {});

}  // namespace boarddiff::datasets
