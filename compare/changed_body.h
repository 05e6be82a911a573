// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// What of a region differs, and how much as an area rather than as lines. Dust, scratches, glints and the rims that a
// fraction of a pixel of misalignment leaves are thin; a part has a body.
struct ChangedBody {
  double share = 0;       // of the region's box that differs in areas wider than lines, 0 to 1
  imaging::Box box = {};  // around those areas, pixels of the pair; the region's box when there are none
  // Of the largest connected area, lines included.
  double area_px = 1;
  double width_px = 1;  // across it, on average along a line: that of a wire, however it winds
  double fullness = 1;  // the share that it fills of the smallest rectangle around it, however turned: parts most of it
};

// 255 in the window's pixels that differ in any channel more than those do that lie outside the region; both in pixels
// of the pair, the region from the window's corner on.
[[nodiscard]] cv::Mat1b changed_pixels(const imaging::NormalizedPair& pair, const cv::Rect& window,
                                       const cv::Rect& region);

// Looks at the pixels in and around the box, with the change of light outside it taken out.
[[nodiscard]] ChangedBody find_changed_body(const imaging::NormalizedPair& pair, const imaging::Box& region);

// The same for what only became a little brighter or darker, in photographs: what changed more like the box than like
// the frame around it, once fine detail and noise are blurred. Nothing where most of the box did not change at all.
[[nodiscard]] ChangedBody find_faint_body(const imaging::NormalizedPair& pair, const imaging::Box& region);

}  // namespace boarddiff::compare
