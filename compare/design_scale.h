// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"
#include "imaging/board_image.h"

#include <optional>

namespace boarddiff::compare {

// Pixels per millimetre of a picture that shows the whole board, from the board's outline in the picture and in the
// design; without an outline in the design, from how far its parts reach, which is a little too much. About right, for
// a start; nothing where the design has neither.
[[nodiscard]] std::optional<double> scale_by_outline(const imaging::BoardImage& photo, const Placement& design);

}  // namespace boarddiff::compare
