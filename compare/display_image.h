// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Values of a picture that are shown as black and as white.
struct DisplayRange {
  double black = 0;
  double white = 255;
};

// Photographs of 8 bits are shown as they are; X-rays and 16-bit pictures from the 0.5th to the 99.5th percentile of
// what is usable.
[[nodiscard]] DisplayRange display_range(const imaging::BoardImage& image, imaging::Modality modality);

// Pixels of any type of BoardImage as 8-bit BGR.
[[nodiscard]] cv::Mat3b display_pixels(const cv::Mat& pixels, const DisplayRange& range);

}  // namespace boarddiff::compare
