// SPDX-License-Identifier: Apache-2.0
#include "compare/hit_rule.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

using imaging::Box;

bool centre_in_grown(const Box& of, const Box& in) {
  constexpr double kGrow = 0.25;
  constexpr double kLeastGrow_px = 6;
  const double dx = std::max(kGrow * in.width, kLeastGrow_px);
  const double dy = std::max(kGrow * in.height, kLeastGrow_px);
  const imaging::Point centre = of.centre();
  return centre.x() >= in.x - dx && centre.x() <= in.x + in.width + dx && centre.y() >= in.y - dy &&
         centre.y() <= in.y + in.height + dy;
}

double counted_area(const Box& box) {
  constexpr double kLeastSide_px = 24;
  return std::max(box.width, kLeastSide_px) * std::max(box.height, kLeastSide_px);
}

}  // namespace

bool hits(const Box& finding, const Box& change) {
  constexpr double kLargest = 16;
  const bool near = centre_in_grown(change, finding) || centre_in_grown(finding, change);
  return near && counted_area(finding) <= kLargest * counted_area(change);
}

}  // namespace boarddiff::compare
