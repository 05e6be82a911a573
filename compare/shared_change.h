// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/suspect.h"
#include "imaging/normalized_pair.h"

#include <cstddef>
#include <vector>

namespace boarddiff::compare {

// Suspects that have one cause, as indices into `suspects`, in their order. Parts of one kind come off one reel: where
// the reel was another one, all of them look different in the same way, while a part that was added or swapped is alone
// with its change.
using SharedChange = std::vector<std::size_t>;

// Of photographs: places that look alike in the reference and in the sample, each like at least two others, so that
// there are three or more, where the hue changed in the same way, and of which fewer than a third look as if something
// had been put there or taken away: who adds three parts alike adds no reel.
[[nodiscard]] std::vector<SharedChange> find_shared_changes(const std::vector<Suspect>& suspects,
                                                            const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
