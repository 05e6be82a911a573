// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <string>

// Private to encode: the formats that hold 16 bits and transparency, also for grey pictures, which OpenCV cannot write.
namespace boarddiff::imaging {

// `samples` as the file holds them: grey, grey and alpha, RGB, or RGB and alpha; 8 or 16 bits.
[[nodiscard]] std::string png_bytes(const cv::Mat& samples);
[[nodiscard]] std::string tiff_bytes(const cv::Mat& samples);

}  // namespace boarddiff::imaging
