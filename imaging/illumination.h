// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// The sample as the reference's lamp and camera would have shown it, as far as one gain a channel and one smooth gain
// for brightness can say: colour temperature, exposure and the fall-off of light go, edges of shadows stay. Pictures
// are CV_32FC3 from 0 to 1 in one frame; only pixels with seen != 0 are looked at.
[[nodiscard]] cv::Mat matched_illumination(const cv::Mat3f& reference, const cv::Mat3f& sample, const cv::Mat1b& seen);

}  // namespace boarddiff::imaging
