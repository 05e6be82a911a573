// SPDX-License-Identifier: Apache-2.0
#include "compare/common_frame.h"

#include "imaging/base/order_statistics.h"
#include "imaging/base/text.h"

#include <map>
#include <string>
#include <vector>

namespace boarddiff::compare {

Placement in_frame_of(const Placement& first, Placement second) {
  constexpr double kNoted_mm = 0.01;
  std::map<std::string, imaging::Point> named;
  for (const PlacedPart& part : first.parts) {
    if (has_name(part)) named[part.designator] = part.centre_mm;
  }
  std::vector<float> right;
  std::vector<float> down;
  for (const PlacedPart& part : second.parts) {
    const auto same = named.find(part.designator);
    if (same != named.end()) {
      right.push_back(static_cast<float>(same->second.x() - part.centre_mm.x()));
      down.push_back(static_cast<float>(same->second.y() - part.centre_mm.y()));
    }
  }
  if (right.empty()) {
    second.notes.emplace_back("The two designs name no part alike: they are taken to have one origin.");
    return second;
  }
  const imaging::Point shift(imaging::median(right), imaging::median(down));
  if (shift.cwiseAbs().maxCoeff() <= kNoted_mm) {
    return second;
  }
  for (PlacedPart& part : second.parts) {
    part.centre_mm += shift;
  }
  if (second.outline_mm) {
    for (imaging::Point& corner : *second.outline_mm) {
      corner += shift;
    }
  }
  second.notes.push_back("The second was moved by " + imaging::fixed_text(shift.x(), 2) + ", " +
                         imaging::fixed_text(shift.y(), 2) + " mm, as most of the parts that both name say.");
  return second;
}

}  // namespace boarddiff::compare
