// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// One 8-bit channel of either picture as the camera gave it, in one frame.
struct CameraLevels {
  cv::Mat1b picture = {};
  cv::Mat1b other = {};
  cv::Mat1b judged = {};  // 255 where it is asked
};

struct LightLoss {
  cv::Mat1b glare = {};  // 255 or 0, as the levels
  cv::Mat1b overexposed = {};
  cv::Mat1b too_dark = {};
};

// Areas of the picture, wide enough to hide a part of `part_px`, at either end of what the sensor tells apart, while
// the other picture is not: because its exposure takes them there, or because light or shadow fades out around them.
// What is white or black by itself has an edge instead, and is no loss.
[[nodiscard]] LightLoss light_loss(const CameraLevels& levels, double part_px);

}  // namespace boarddiff::imaging
