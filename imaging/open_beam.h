// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Where the beam of an X-ray meets nothing: what is connected with the picture's border and attenuates no more than
// the beam varies by itself, which is smooth, while a board absorbs from its edge on. 255 there; nothing where the
// picture shows no beam beside the board, as on a close-up. CV_32FC1 attenuation, natural logarithm.
[[nodiscard]] cv::Mat1b find_open_beam(const cv::Mat1f& attenuation);

}  // namespace boarddiff::imaging
