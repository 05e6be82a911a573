// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/camera.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// What lens and shutter do to light that a pinhole would have seen: colour fringes, blur that grows towards the
// corners, shake. Linear light, BGR.
[[nodiscard]] cv::Mat3f through_lens(const cv::Mat3f& light, const CameraSettings& settings);

}  // namespace boarddiff::datasets
