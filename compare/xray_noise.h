// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The standard deviation of each pixel of an X-ray from one exposure to the next, in its own unit. Photons and read-out
// make it depend on how much gets through, which is measured on the picture itself: at each level the quietest places
// show noise and no structure. CV_32FC1, attenuation.
[[nodiscard]] cv::Mat1f noise_of(const cv::Mat1f& attenuation);

}  // namespace boarddiff::compare
