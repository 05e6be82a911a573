// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <optional>

namespace boarddiff::imaging {

// The top of a part made ready for reading: dark print on light ground, its letters about 30 pixels high.
struct PrintPage {
  cv::Mat1b page = {};
  Point origin_in_place = Point::Zero();  // of the page's first pixel
  double scale = 1;                       // page pixels per pixel of the place
  bool light_on_dark = false;             // the print is lighter than a dark body, as it is on most circuits
  cv::Mat1b letters = {};                 // 255 where print is, in pixels of the place, around it
};

// `place`: one part as seen from above, grey or BGR of 8 or 16 bits; its middle shows the body. Empty where nothing
// stands out from the body that is as high as letters, or where letters would be less than 7 pixels high.
[[nodiscard]] std::optional<PrintPage> print_page(const cv::Mat& place);

}  // namespace boarddiff::imaging
