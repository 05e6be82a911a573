// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// 255 where the sample is the reference in more or less light, as where a shadow fell or went away: all channels
// changed by about the same factor, which is neither that of noise nor more than a lamp explains. A grey part on grey
// ground is the same, so that this alone excuses nothing. Both show light as in NormalizedPair.
[[nodiscard]] cv::Mat1b other_light(const cv::Mat3f& reference, const cv::Mat3f& sample);

}  // namespace boarddiff::compare
