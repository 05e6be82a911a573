// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/layout.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <optional>

namespace boarddiff::compare {

// The body of the component that a box of the reference lies on or covers, as the layout of the reference (shrunk by
// `scale`) has it: of those that share half of the smaller of both, the one that shares most. In whole pixels of the
// reference, with a small margin. Empty where there is none, or none that is large enough to carry print that can be
// read.
[[nodiscard]] std::optional<cv::Rect> part_at(const imaging::Box& reference_box, const Layout& layout, double scale,
                                              const cv::Size& reference);

}  // namespace boarddiff::compare
