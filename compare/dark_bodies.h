// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// Bodies of circuits: places of an even, dark grey, with what little is printed on them, from top to bottom. The layout
// has them only where they stand apart from what is beside them. On black boards there are none: the board is as dark.
// `picture`: light as in NormalizedPair. Boxes in its pixels, without pins.
[[nodiscard]] std::vector<imaging::Box> find_dark_bodies(const cv::Mat3f& picture);

}  // namespace boarddiff::compare
