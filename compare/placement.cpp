// SPDX-License-Identifier: Apache-2.0
#include "compare/placement.h"

namespace boarddiff::compare {

std::string_view name_of(BoardSide side) { return side == BoardSide::top ? "top" : "bottom"; }

}  // namespace boarddiff::compare
