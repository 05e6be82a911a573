// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_fit.h"
#include "imaging/base/execution.h"

namespace boarddiff::compare {

struct LaidDesign {
  PictureLayout layout = {};
  DesignFit fit = {};
};

// Finds the parts that a photograph of one side of a board shows, and the design's place on them. A photograph without
// a scale is taken to show the whole board, whose outline then gives it, unless places are given
// (options), which give it as well; where the fit gives quite another scale the parts are looked for again with that
// one. Throws Error{invalid_option} with the photograph's name where neither tells the scale, and as find_parts does.
[[nodiscard]] LaidDesign lay_design(imaging::BoardImage photo, const Placement& design, BoardSide side,
                                    const PartOptions& parts = {}, const DesignFitOptions& options = {},
                                    const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
