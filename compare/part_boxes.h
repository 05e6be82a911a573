// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/part_network.h"
#include "compare/picture_layout.h"

#include <vector>

namespace boarddiff::compare {

// The connected areas that are rather the inside of a part than anything else, each with the smallest rectangle around
// it and the rim that the network leaves off. Pixels are those of the maps. An area that fills its rectangle sparsely
// is no part.
[[nodiscard]] std::vector<SeenPart> part_boxes(const PartMaps& maps);

}  // namespace boarddiff::compare
