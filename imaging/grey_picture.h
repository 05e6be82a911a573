// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// One 8-bit channel for registration: luminance of a photo, logarithm of an X-ray, stretched between its own
// percentiles and shrunk so that the longer side is at most max_side_px.
struct GreyPicture {
  cv::Mat1b pixels = {};
  double scale_x = 1;  // pixels here per pixel of the board image
  double scale_y = 1;
};

[[nodiscard]] GreyPicture grey_picture(const BoardImage& image, Modality modality, int max_side_px);

// The same picture with the longer side at most max_side_px.
[[nodiscard]] GreyPicture shrunk(const GreyPicture& picture, int max_side_px);

}  // namespace boarddiff::imaging
