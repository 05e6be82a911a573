// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/appearance.h"
#include "compare/board_surface.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Of the common colours that of which one connected area reaches the most places of the board: the substrate runs
// between the parts from one end of the board to the other, while parts of one colour are islands, be they ever so
// many. `board`: 255 for the cells to look at, one value a cell of the grid.
[[nodiscard]] Substrate find_substrate(const AppearanceGrid& grid, const cv::Mat1b& board);

// 255 for the cells of the board that show something else.
[[nodiscard]] cv::Mat1b not_substrate(const AppearanceGrid& grid, const Substrate& substrate, const cv::Mat1b& board);

}  // namespace boarddiff::compare
