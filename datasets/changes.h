// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "datasets/board_design.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// Where an extra part goes.
enum class Ground { bare_mask, across_traces, empty_footprint };

// One change to make. For missing and moved parts the package says which parts come into question; nothing: any.
struct WantedChange {
  compare::FindingKind kind = compare::FindingKind::extra_component;
  std::optional<Package> package = {};
  Ground ground = Ground::bare_mask;  // extra components only
};

// Where a part is or was: the corners of its body and how high it stands.
struct Place {
  imaging::Polygon outline_mm = {};
  double top_mm = 0;
};

struct PlantedChange {
  std::string id = {};  // "extra_component-1-r0603"
  compare::FindingKind kind = compare::FindingKind::extra_component;
  Place place = {};              // in the changed board; of a missing part: where it was
  std::vector<Place> also = {};  // a moved part's old place
  imaging::Point size_mm = imaging::Point::Zero();
};

struct ChangedBoard {
  BoardDesign design = {};
  std::vector<PlantedChange> changes = {};  // fewer than wanted where the board has no room or no such part
};

// Kinds: extra_component, missing_component, moved_component (by 0.7 to 1.35 mm and turned by 12 to 30 degrees, or put
// in the wrong way round), replaced_component (a body of another tone and marking on the same footprint),
// changed_surface (tape). Throws std::logic_error for the others.
[[nodiscard]] ChangedBoard plant_changes(const BoardDesign& design, const std::vector<WantedChange>& wanted,
                                         std::uint64_t seed);

// A mixture to measure with: extra parts from 0402 to SOIC-8 on all grounds, one missing, one moved.
[[nodiscard]] std::vector<WantedChange> usual_changes();

}  // namespace boarddiff::datasets
