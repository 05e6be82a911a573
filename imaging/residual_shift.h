// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/normalized_pair.h"

#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// What the board's plane leaves: where a tall part seems to stand in the other picture. A guess, never a truth: on
// smooth areas it means little, and a user of it always tries "not shifted" as well.
struct ResidualShift {
  // For cell (column, row) of a grid of `cell_px` (pixels of the pair): the shift in pixels to the other picture.
  cv::Mat2f sample_from_reference = {};
  cv::Mat2f reference_from_sample = {};
};

// Dense inverse search (Kroeger et al. 2016, "Fast optical flow using dense inverse search") on brightness that was
// freed of local light and contrast, in both directions, smoothed.
[[nodiscard]] ResidualShift measure_residual_shift(const NormalizedPair& pair, int cell_px);

}  // namespace boarddiff::imaging
