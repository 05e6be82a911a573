// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <vector>

// Private to the reader of KiCad's boards.
namespace boarddiff::compare {

struct ClosedShapes {
  imaging::Polygon outer = {};                // the largest
  std::vector<imaging::Polygon> inside = {};  // what lies within it
  std::size_t outside = 0;                    // how many lie elsewhere
  std::size_t open = 0;                       // how many chains do not close
};

// Joins pieces of lines, in any order and direction, into closed shapes; ends within 0.05 mm of each other meet.
[[nodiscard]] ClosedShapes joined_outline(const std::vector<imaging::Polygon>& pieces,
                                          std::vector<imaging::Polygon> closed);

[[nodiscard]] double area_of(const imaging::Polygon& polygon);
[[nodiscard]] bool contains(const imaging::Polygon& polygon, const imaging::Point& point);

}  // namespace boarddiff::compare
