// SPDX-License-Identifier: Apache-2.0
#include "compare/placement.h"

namespace boarddiff::compare {

std::string_view name_of(BoardSide side) { return side == BoardSide::top ? "top" : "bottom"; }

bool has_name(const PlacedPart& part) { return !part.designator.empty() && !part.designator.starts_with('?'); }

}  // namespace boarddiff::compare
