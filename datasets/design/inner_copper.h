// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

#include <vector>

// Private to the X-ray renderer: what a design does not say about the copper behind the side it describes. All of it
// follows from the board's size and vias alone, so that boards of one design agree whatever was changed on them.
namespace boarddiff::datasets {

// A plane of copper with gaps around what goes through it, and tracks between vias on a layer of their own.
struct InnerLayer {
  bool plane = false;
  std::vector<Disc> gaps = {};     // of the plane
  std::vector<Trace> splits = {};  // of the plane
  std::vector<Trace> traces = {};
};

// Two layers for boards with many vias, else none.
[[nodiscard]] std::vector<InnerLayer> inner_layers(const BoardDesign& design);

// The back as seen through the board (not mirrored): tracks between vias, an area of copper, small parts between them.
[[nodiscard]] BoardDesign plausible_back(const BoardDesign& design);

// A back as it is seen turned over, in the front's frame.
[[nodiscard]] BoardDesign seen_through(const BoardDesign& back);

}  // namespace boarddiff::datasets
