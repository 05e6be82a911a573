// SPDX-License-Identifier: Apache-2.0
#include "compare/board_surface.h"

#include "compare/substrate.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

BoardSurface find_surface(const cv::Mat& picture, const cv::Mat1b& board) {
  constexpr int kCell_px = 2;
  const AppearanceGrid grid = describe_colour(picture, kCell_px);
  const cv::Size cells = grid.colour.size();
  BoardSurface surface{.covered = cv::Mat1b(picture.size(), uchar{0})};
  if (cells.empty()) {
    return surface;
  }
  cv::Mat1b board_cells;
  cv::resize(board(cv::Rect({0, 0}, cells * kCell_px)), board_cells, cells, 0, 0, cv::INTER_NEAREST);
  surface.substrate = find_substrate(grid, board_cells);
  const cv::Mat1b covered = not_substrate(grid, surface.substrate, board_cells);
  for (int y = 0; y < surface.covered.rows; ++y) {
    // A pixel that belongs to no whole cell is like its neighbour.
    const uchar* row = covered[std::min(y / kCell_px, cells.height - 1)];
    for (int x = 0; x < surface.covered.cols; ++x) {
      surface.covered(y, x) = row[std::min(x / kCell_px, cells.width - 1)];
    }
  }
  return surface;
}

}  // namespace boarddiff::compare
