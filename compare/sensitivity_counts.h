// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sensitivity.h"

#include <cstddef>

// From what was planted and found to what may be said of it.
namespace boarddiff::compare {

// Of all looks, on the board itself, of this size and larger ones.
[[nodiscard]] PlantedCount from_size(const Sensitivity& sensitivity, std::size_t first);

// `smallest` and `smallest_by_look`, from the counts.
void set_smallest(Sensitivity& sensitivity);

}  // namespace boarddiff::compare
