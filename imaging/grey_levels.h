// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Luminance as 0 to 255, of the full range of 8 or 16 bits; of grey pictures or BGR. Not stretched.
[[nodiscard]] cv::Mat1b grey_levels(const cv::Mat& pixels);

}  // namespace boarddiff::imaging
