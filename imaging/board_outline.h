// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where the board lies in a picture of it: 255 on the board, 0 on what it lies on; the picture's size. What can be
// reached from the border without crossing an edge is background; the largest rest, closed and without holes, is the
// board. A picture that shows nothing but board, or none that stands out, is board everywhere.
// `picture`: CV_32FC1 or CV_32FC3, light from 0 to 1 or attenuation from 0 to about 3 (then `full_scale` = 3).
[[nodiscard]] cv::Mat1b find_board(const cv::Mat& picture, double full_scale = 1);

}  // namespace boarddiff::imaging
