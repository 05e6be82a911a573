// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "compare/known_design.h"

#include <optional>
#include <vector>

namespace boarddiff::compare {

// board_box_mm of each, where the scale of the reference is known.
void set_millimetres(std::vector<Finding>& findings, const std::optional<double>& pixels_per_mm);

// What the design, which fits, has at each that is not named yet: `design`, `near`, and a sentence more in `reason`.
void name_by_design(std::vector<Finding>& findings, const KnownDesign& design);

}  // namespace boarddiff::compare
