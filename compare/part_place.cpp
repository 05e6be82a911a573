// SPDX-License-Identifier: Apache-2.0
#include "compare/part_place.h"

#include "compare/whole_pixels.h"

#include <algorithm>

namespace boarddiff::compare {

using imaging::Box;

std::optional<cv::Rect> part_at(const Box& reference_box, const std::vector<Box>& bodies, double scale,
                                const cv::Size& reference) {
  constexpr double kShared = 0.5;
  constexpr double kMargin = 2;       // px of the shrunk picture
  constexpr int kLeastSide = 30;      // px: a line of letters of 7 px with room around
  constexpr int kLongestSide = 2500;  // px: what is larger is no single part
  std::optional<Box> best;
  double most_shared = 0;
  for (const Box& shrunk : bodies) {
    const Box body = imaging::scaled(shrunk, 1 / scale);
    const double shared = intersection(body, reference_box).area();
    if (shared >= kShared * std::min(body.area(), reference_box.area()) && shared > most_shared) {
      best = body;
      most_shared = shared;
    }
  }
  if (!best) {
    return std::nullopt;
  }
  const cv::Rect place = whole_pixels(grown(*best, kMargin / scale), reference);
  const bool fits =
      std::min(place.width, place.height) >= kLeastSide && std::max(place.width, place.height) <= kLongestSide;
  return fits ? std::optional(place) : std::nullopt;
}

}  // namespace boarddiff::compare
