// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <array>
#include <optional>

namespace boarddiff::imaging {

// Where the four straight sides of a board meet, clockwise as seen, in pixels of the mask: rounded corners lie beyond
// it. `board` is 255 on the board. Empty for a board that the picture shows in part, or that has no four long sides.
[[nodiscard]] std::optional<std::array<Point, 4>> board_corners(const cv::Mat1b& board);

}  // namespace boarddiff::imaging
