// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <array>

// Private to the readers of layout files: curves as the corners of a chain of straight pieces that stays within
// 0.02 mm of them; both ends included. Millimetres, y down, angles clockwise as seen.
namespace boarddiff::compare {

[[nodiscard]] imaging::Polygon arc_about(const imaging::Point& centre, const imaging::Point& start, double sweep_deg);
// From start to end by way of `middle`; a straight line where the three lie on one.
[[nodiscard]] imaging::Polygon arc_through(const imaging::Point& start, const imaging::Point& middle,
                                           const imaging::Point& end);
// Closed: the last corner is the neighbour of the first.
[[nodiscard]] imaging::Polygon circle(const imaging::Point& centre, double radius);
[[nodiscard]] imaging::Polygon bezier(const std::array<imaging::Point, 4>& control);

}  // namespace boarddiff::compare
