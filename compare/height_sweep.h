// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// How far from the board's plane each cell of one picture is found in the other. One value a cell.
struct SweptHeights {
  cv::Mat2f shift_cells = {};   // from the cell to where it is found
  cv::Mat1f height_cells = {};  // the length of that
  cv::Mat1f gain = {};          // how much less its surroundings differ there than on the plane, in squared distance
};

// Every height a part may have is tried along the line that raised places move on, and the one at which a cell's
// surroundings match best is taken; the plane where nothing matches clearly better (plane sweep: Collins 1996, "A
// space-sweep approach to true multi-image matching").
// `from`, `to`: CV_32FC(n), what the cells look like, one size; `way`: unit vectors, cells, along which places of
// `from` are found in `to`; `farthest_cells`: the greatest height tried; `both_ways`: also against the way.
[[nodiscard]] SweptHeights sweep_heights(const cv::Mat& from, const cv::Mat& to, const cv::Mat2f& way,
                                         int farthest_cells, bool both_ways);

// For each cell of one picture by how many cells that which covers its place in the other stands higher than it does
// itself; 0 where nothing hides it. `shift_cells`: where the cells of the one are found in the other.
[[nodiscard]] cv::Mat1f covered_by_taller(const cv::Mat2f& shift_cells);

}  // namespace boarddiff::compare
