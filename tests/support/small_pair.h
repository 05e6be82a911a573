// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::test {

// Two pictures in one frame, all of it seen, at full scale.
[[nodiscard]] imaging::NormalizedPair pair_of(const cv::Mat& reference, const cv::Mat& sample);

// The picture with an even body on it, dark with brighter ends, as of a chip resistor.
[[nodiscard]] cv::Mat3f with_body(const cv::Mat3f& picture, const cv::Rect& place);

}  // namespace boarddiff::test
