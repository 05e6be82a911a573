// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// The value that `share` (0 to 1) of the others lie below, without interpolation: 0 gives the least, 1 the largest.
// At least one value; a NaN among them has no place in an order.
[[nodiscard]] float quantile(std::vector<float> values, double share);

// The value in the middle, of an even number of values the upper one of the two. At least one value.
[[nodiscard]] float median(std::vector<float> values);

// The values at which a mask of the same size is not 0, row by row.
[[nodiscard]] std::vector<float> values_where(const cv::Mat1f& values, const cv::Mat1b& mask);

}  // namespace boarddiff::imaging
