// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/appearance.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The sample's colour with what camera and light explain taken out: first a linear map between the two cameras'
// colours, then the median offset for each degree of brightening or darkening (a shadow is lit by the sky, or the room,
// and not by the lamp), then the local median over an area larger than a part. CV_32FC2, one value a cell; looks only
// where inspected != 0.
[[nodiscard]] cv::Mat colour_without_light(const AppearanceGrid& reference, const AppearanceGrid& sample,
                                           const cv::Mat1b& inspected);

}  // namespace boarddiff::compare
