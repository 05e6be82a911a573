// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace boarddiff::cli {

// A JPEG file in which thin marks stay crisp; shrunk where the picture is larger than such files can be.
[[nodiscard]] std::string marked_jpeg(const cv::Mat3b& picture);

}  // namespace boarddiff::cli
