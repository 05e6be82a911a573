// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Cells (255) where one picture shows a small white highlight that the other does not: a via, a solder fillet or a drop
// of flux that happened to mirror the lamp. They move with the lamp and the camera, not with the board. Larger white
// areas are things, not highlights, and are left alone. Pictures: CV_32FC3 from 0 to 1 in one frame.
[[nodiscard]] cv::Mat1b find_glints(const cv::Mat3f& reference, const cv::Mat3f& sample, int cell_px);

}  // namespace boarddiff::compare
