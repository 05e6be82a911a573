// SPDX-License-Identifier: Apache-2.0
#include "compare/placement.h"

#include "compare/package_size.h"

#include <cmath>
#include <numbers>

namespace boarddiff::compare {

std::string_view name_of(BoardSide side) { return side == BoardSide::top ? "top" : "bottom"; }

imaging::Polygon body_mm(const PlacedPart& part) {
  const imaging::Point unknown(1, 1);
  const imaging::Point size = part.size_mm ? *part.size_mm : size_in_package_name(part.package).value_or(unknown);
  const double angle = part.angle_deg * std::numbers::pi / 180;
  imaging::Polygon body =
      imaging::corners({.x = -size.x() / 2, .y = -size.y() / 2, .width = size.x(), .height = size.y()});
  for (imaging::Point& corner : body) {
    corner = part.centre_mm + imaging::Point(std::cos(angle) * corner.x() - std::sin(angle) * corner.y(),
                                             std::sin(angle) * corner.x() + std::cos(angle) * corner.y());
  }
  return body;
}

bool has_name(const PlacedPart& part) { return !part.designator.empty() && !part.designator.starts_with('?'); }

}  // namespace boarddiff::compare
