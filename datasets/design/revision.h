// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

#include <cstdint>

namespace boarddiff::datasets {

// The next revision of a design: so large a share of its parts is changed (0 to 1), a third each left out, put
// elsewhere, and replaced by another that needs no more room; as many new ones come as were left out. Traces that ended
// at parts which are gone go as well; outline, holes, the other parts and what is printed stay.
[[nodiscard]] BoardDesign revised_design(const BoardDesign& design, double share, std::uint64_t seed);

}  // namespace boarddiff::datasets
