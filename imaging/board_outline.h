// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where the board lies in a photograph of it: 255 on the board, 0 on what it lies on; the picture's size. What can be
// reached from the border without crossing an edge is background; the largest rest, closed and without holes, is the
// board. A picture that shows nothing but board, or none that stands out, is board everywhere.
// `picture`: CV_32FC1 or CV_32FC3, light from 0 to 1. Of X-rays see open_beam.h.
[[nodiscard]] cv::Mat1b find_board(const cv::Mat& picture);

}  // namespace boarddiff::imaging
