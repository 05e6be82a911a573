// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::compare {

// A named part near a place of the board.
struct NearPart {
  std::size_t part = 0;    // in Placement::parts
  double distance_mm = 0;  // from the place to the part's middle
};

// The named parts of a side nearest to a place, the nearest first; at most so many. A part does not stand near itself:
// `but` is left out.
[[nodiscard]] std::vector<NearPart> nearest_parts(const Placement& placement, BoardSide side,
                                                  const imaging::Point& place_mm, std::size_t most,
                                                  const std::string& but = {});

// "2.3 mm right of C221", as seen from the top; "at C221" where it is less than a tenth of a millimetre.
[[nodiscard]] std::string place_beside(const PlacedPart& part, const imaging::Point& place_mm);

}  // namespace boarddiff::compare
