// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The share of the mask's pixels that are set, 0 to 1; none of an empty one.
[[nodiscard]] inline double set_share(const cv::Mat1b& mask) {
  return mask.empty() ? 0 : cv::countNonZero(mask) / static_cast<double>(mask.total());
}

}  // namespace boarddiff::compare
