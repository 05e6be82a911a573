// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <cstdint>

namespace boarddiff::test {

// Detail everywhere and on several scales: blurred rectangles of random place, size and colour, levels 30 to 220.
// CV_8UC3. Same size and seed, same bytes.
[[nodiscard]] cv::Mat3b textured_picture(const cv::Size& size, std::uint64_t seed);

// The same from 0 to 1, as in a normalised pair.
[[nodiscard]] cv::Mat3f textured_light(const cv::Size& size, std::uint64_t seed);

// The pixels as if read from a file of 8 or 16 bits.
[[nodiscard]] imaging::BoardImage board_image(const cv::Mat& pixels);

}  // namespace boarddiff::test
