// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// One 8-bit channel of a picture at full size and halved again and again: what small patches are cut from, at the size
// that suits them. Luminance of a photo, logarithm of an X-ray; 16 bits are stretched between the picture's
// percentiles.
struct GreyPyramid {
  std::vector<cv::Mat1b> levels = {};  // at least one; the last has a longer side of at most 512 px
  cv::Mat1b usable = {};               // of the full size; empty: everywhere
};

[[nodiscard]] GreyPyramid grey_pyramid(const BoardImage& image, Modality modality);

// Full pixels to those of a level, and the other way.
[[nodiscard]] Point to_level(const GreyPyramid& pyramid, int level, const Point& full_pixel);
[[nodiscard]] Point from_level(const GreyPyramid& pyramid, int level, const Point& level_pixel);

// The level whose pixels are about `full_px` full pixels wide, the finer of two.
[[nodiscard]] int level_for(const GreyPyramid& pyramid, double full_px);

}  // namespace boarddiff::imaging
