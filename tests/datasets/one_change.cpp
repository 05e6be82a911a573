// SPDX-License-Identifier: Apache-2.0
#include "tests/datasets/one_change.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::test {

datasets::BoardDesign controller() { return make_board_design(datasets::BoardStyle::controller, 3); }

datasets::ChangedBoard with_one(const datasets::BoardDesign& design, const datasets::WantedChange& wanted,
                                std::uint64_t seed) {
  datasets::ChangedBoard changed = plant_changes(design, {wanted}, seed);
  REQUIRE(changed.changes.size() == 1);
  return changed;
}

std::ptrdiff_t populated(const datasets::BoardDesign& design) {
  return std::count_if(design.parts.begin(), design.parts.end(),
                       [](const datasets::Part& part) { return part.populated; });
}

imaging::Box box_of(const datasets::Place& place) { return imaging::bounding_box(place.outline_mm); }

double gap_between(const imaging::Box& a, const imaging::Box& b) {
  const double x = std::max({0.0, b.x - (a.x + a.width), a.x - (b.x + b.width)});
  const double y = std::max({0.0, b.y - (a.y + a.height), a.y - (b.y + b.height)});
  return std::hypot(x, y);
}

bool crosses(const imaging::Box& box, const datasets::BoardDesign& design) {
  for (const datasets::Trace& trace : design.traces) {
    for (std::size_t i = 1; i < trace.points_mm.size(); ++i) {
      const imaging::Point way = trace.points_mm[i] - trace.points_mm[i - 1];
      const int steps = static_cast<int>(way.norm() / 0.05) + 1;
      for (int k = 0; k <= steps; ++k) {
        const imaging::Point at = trace.points_mm[i - 1] + way * (static_cast<double>(k) / steps);
        if (at.x() > box.x && at.x() < box.x + box.width && at.y() > box.y && at.y() < box.y + box.height) return true;
      }
    }
  }
  return false;
}

}  // namespace boarddiff::test
