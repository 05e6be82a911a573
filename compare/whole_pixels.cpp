// SPDX-License-Identifier: Apache-2.0
#include "compare/whole_pixels.h"

#include <cmath>

namespace boarddiff::compare {

cv::Rect whole_pixels(const imaging::Box& box, const cv::Size& picture) {
  const bool finite =
      std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) && std::isfinite(box.height);
  const imaging::Box whole = {.x = 0, .y = 0, .width = double(picture.width), .height = double(picture.height)};
  // Cut in real numbers first: a box may reach further than whole numbers do.
  const imaging::Box inside = finite ? imaging::intersection(box, whole) : imaging::Box{};
  if (inside == imaging::Box{}) {
    return {};
  }
  const cv::Point top_left(cvFloor(inside.x), cvFloor(inside.y));
  return {top_left, cv::Point(cvCeil(inside.x + inside.width), cvCeil(inside.y + inside.height))};
}

}  // namespace boarddiff::compare
