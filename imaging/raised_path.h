// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/registration.h"

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where in the frame of a normalised pair the sample shows what stands above the board: displaced along a line that
// registration knows, as far as its height takes it.
struct RaisedPath {
  bool known = false;         // false: the pictures did not tell; the rest is not filled
  bool upward_known = false;  // false: raised places may have gone either way
  double farthest_px = 0;     // pixels of the pair; no place was seen farther from the plane, with a margin
  cv::Mat2f direction = {};   // unit vectors, from the reference's place to where the sample shows it; for squares of
                              // kSquare_px, the last ones cut by the pair's end
  static constexpr int kSquare_px = 32;
};

// `size`, `scale`: of the pair.
[[nodiscard]] RaisedPath raised_path(const Registration& registration, const cv::Size& size, double scale);

}  // namespace boarddiff::imaging
