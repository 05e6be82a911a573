// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "compare/placement.h"

#include <Eigen/Core>

namespace boarddiff::compare {

// What a picture of this side shows, in millimetres from its corner: "?1", "?2" and so on. As everywhere, x is to the
// right as seen from the top: for the bottom, from the picture's right edge to the left.
[[nodiscard]] Placement placement_of(const PictureLayout& layout, BoardSide side);

// The same where a map takes it: to the frame of a design, or of another picture.
[[nodiscard]] Placement placement_of(const PictureLayout& layout, BoardSide side,
                                     const Eigen::Matrix3d& board_from_picture);

// A design that fits a picture of one of its sides: the parts of that side, each with what the picture shows of it,
// then what the picture shows besides, as "?1", "?2" and so on. Parts that are not fitted count as seen where a part
// stands on their pads.
[[nodiscard]] Placement placement_of(const Placement& design, BoardSide side, const PictureLayout& layout,
                                     const DesignFit& fit);

}  // namespace boarddiff::compare
