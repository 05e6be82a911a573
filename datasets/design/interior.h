// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

#include <vector>

// Private to the X-ray renderer: what a part has inside, in millimetres of its own frame.
namespace boarddiff::datasets {

// A straight piece of metal that narrows: a finger of a lead frame, a bond wire.
struct InnerLine {
  imaging::Point from_mm = imaging::Point::Zero();
  imaging::Point to_mm = imaging::Point::Zero();
  double from_width_mm = 0;
  double to_width_mm = 0;
  double height_mm = 0;    // above what the part stands on
  double attenuation = 0;  // natural logarithm, of its whole thickness
};

struct Interior {
  std::vector<Solid> solids = {};
  std::vector<InnerLine> lines = {};
};

// The shape's inner pieces; where they hold a die, fingers run from each pad to the paddle under it and wires from
// there to the die; windings become rings.
[[nodiscard]] Interior interior_of(const PartShape& shape);

// Whether a ball of solder lies inside under the body at this pad.
[[nodiscard]] bool has_ball(const PartShape& shape, const Pad& pad);

}  // namespace boarddiff::datasets
