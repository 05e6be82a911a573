// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/layout.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// How the mean of the box differs from the mean of a frame around it, a value a channel: logarithms of light, or
// attenuation.
[[nodiscard]] cv::Vec3d contrast_to_frame(const cv::Mat& picture, const imaging::Box& box);

// Share of the box where something else than substrate shows.
[[nodiscard]] double covered_share(const Layout& layout, const imaging::Box& box);

}  // namespace boarddiff::compare
