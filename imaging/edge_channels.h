// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// How strong edges are at each pixel along four directions (0, 45, 90, 135 degrees), whichever side is brighter, spread
// a little, and against what is usual around: what pictures of the same thing by other rays have in common. Channel
// features of oriented gradients (Ye et al. 2019, "Fast and robust matching for multimodal remote sensing image
// registration", IEEE TGRS 57). CV_32FC4 of the picture's size; the four squares sum to at most 1.
[[nodiscard]] cv::Mat edge_channels(const cv::Mat1b& picture);

}  // namespace boarddiff::imaging
