// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace boarddiff::compare {

// The body that a box of the reference lies on or covers: of those that share half of the smaller of both, the one that
// shares most. `bodies` are in the reference shrunk by `scale`; the result is in its whole pixels, with a small margin.
// Empty where there is none, or none of a size to carry print that can be read.
[[nodiscard]] std::optional<cv::Rect> part_at(const imaging::Box& reference_box,
                                              const std::vector<imaging::Box>& bodies, double scale,
                                              const cv::Size& reference);

}  // namespace boarddiff::compare
