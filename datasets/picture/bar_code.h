// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace boarddiff::datasets {

// A Code 128 of printable ASCII text, 255 where ink is.
[[nodiscard]] cv::Mat1b bar_code(const std::string& text);

// A Data Matrix of the same, as is lasered on boards.
[[nodiscard]] cv::Mat1b data_matrix(const std::string& text);

}  // namespace boarddiff::datasets
