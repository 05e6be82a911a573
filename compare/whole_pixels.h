// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The whole pixels that a box touches within a picture; empty for a box that lies outside or is not finite.
[[nodiscard]] cv::Rect whole_pixels(const imaging::Box& box, const cv::Size& picture);

}  // namespace boarddiff::compare
