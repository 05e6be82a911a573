// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_photo.h"

#include <opencv2/core.hpp>

#include <cstdint>

namespace boarddiff::datasets {

// Light on the sensor (linear, BGR, about 0 to 1) to the picture a camera writes (CV_8UC3): vignetting, exposure, a
// shoulder towards white, sRGB, noise of the sensor, sharpening.
[[nodiscard]] cv::Mat develop(const cv::Mat3f& light, const PhotoSettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
