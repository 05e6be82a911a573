// SPDX-License-Identifier: Apache-2.0
#include "compare/nearest_part.h"

#include "imaging/base/text.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace boarddiff::compare {

std::vector<NearPart> nearest_parts(const Placement& placement, BoardSide side, const imaging::Point& place_mm,
                                    std::size_t most, const std::string& but) {
  std::vector<NearPart> near;
  for (std::size_t i = 0; i < placement.parts.size(); ++i) {
    const PlacedPart& part = placement.parts[i];
    if (part.side == side && has_name(part) && part.designator != but) {
      near.push_back({i, (part.centre_mm - place_mm).norm()});
    }
  }
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, near.size()));
  std::partial_sort(near.begin(), near.begin() + kept, near.end(), [](const NearPart& a, const NearPart& b) {
    return std::tuple(a.distance_mm, a.part) < std::tuple(b.distance_mm, b.part);
  });
  near.resize(static_cast<std::size_t>(kept));
  return near;
}

std::string place_beside(const PlacedPart& part, const imaging::Point& place_mm) {
  constexpr double kAt_mm = 0.1;
  const imaging::Point off = place_mm - part.centre_mm;
  if (off.norm() < kAt_mm) {
    return "at " + part.designator;
  }
  const bool across = std::abs(off.x()) >= std::abs(off.y());
  const std::string across_word = off.x() > 0 ? "right of " : "left of ";
  const std::string along_word = off.y() > 0 ? "below " : "above ";
  return imaging::fixed_text(off.norm(), 1) + " mm " + (across ? across_word : along_word) + part.designator;
}

}  // namespace boarddiff::compare
