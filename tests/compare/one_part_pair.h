// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"

namespace boarddiff::test {

// One large extra part and nothing else that a unit of the same lot would not show, on a board with room for it: every
// third part of a controller. `specimens`: known-good units, the reference among them.
[[nodiscard]] datasets::BoardPair one_part_pair(int specimens = 1);

}  // namespace boarddiff::test
