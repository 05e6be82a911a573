// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/board_surface.h"
#include "compare/finding.h"
#include "compare/known_design.h"
#include "imaging/normalized_pair.h"

#include <optional>
#include <vector>

namespace boarddiff::compare {

// board_box_mm of each, where the scale of the reference is known.
void set_millimetres(std::vector<Finding>& findings, const std::optional<double>& pixels_per_mm);

// What is seen of parts that were added: `extra_part` of extra components, and a sentence more in `reason`. `surface`:
// of the reference in the pair of photographs.
void describe_extra_parts(std::vector<Finding>& findings, const imaging::NormalizedPair& pair,
                          const BoardSurface& surface, const std::optional<double>& pixels_per_mm);

// What the design, which fits, has at each that is not named yet: `design`, `near`, and a sentence more in `reason`.
void name_by_design(std::vector<Finding>& findings, const KnownDesign& design);
void name_by_design(Finding& finding, const DesignPlaces& places);

}  // namespace boarddiff::compare
