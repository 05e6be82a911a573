// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// 255 where both photographs show what the board lies on instead of the board: through holes, and where its outline was
// not found exactly. Seen by its colour, which changes there from the one table's to the other's; where both lie on
// alike nothing is found, and nothing differs. `board`: 255 where the reference shows the board, at the pair's size.
[[nodiscard]] cv::Mat1b find_openings(const imaging::NormalizedPair& pair, const cv::Mat1b& board);

}  // namespace boarddiff::compare
