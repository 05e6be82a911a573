// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// A place of the reference as the sample shows it, in the reference's frame: `size` pixels, `scale` of them to a
// reference pixel (at most 1), type of the sample. Only what the place needs is filtered and warped. What the sample
// does not show is black.
[[nodiscard]] cv::Mat sample_view(const imaging::BoardImage& sample, const imaging::PlaneMap& map,
                                  const cv::Rect& place_in_reference, const cv::Size& size, double scale = 1);

}  // namespace boarddiff::compare
