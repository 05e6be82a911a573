// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <cmath>

namespace boarddiff::compare {

// Designs give the bodies of parts, or body and pads; pictures show bodies and terminals. So sides of one part differ
// by as much as this factor, and which of two sides is the longer says something only where they differ by more.
inline constexpr double kLikeSide = 1.7;

[[nodiscard]] inline bool within_factor(double a, double b, double factor) {
  return a <= b * factor && b <= a * factor;
}

// Whether its direction can be told from its outline.
[[nodiscard]] inline bool is_oblong(const imaging::Point& sides) {
  return sides.maxCoeff() > kLikeSide * sides.minCoeff();
}

// From 0 up to a half turn, which is all that an outline tells.
[[nodiscard]] inline double half_turn(double angle_deg) {
  const double angle = angle_deg - 180 * std::floor(angle_deg / 180);
  return angle < 180 ? angle : 0;
}

}  // namespace boarddiff::compare
