// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <optional>

namespace boarddiff::imaging {

// What a detector shows without a beam and without a board.
struct DetectorFrames {
  std::optional<BoardImage> dark = {};
  std::optional<BoardImage> flat = {};  // the open beam, as the pictures to correct were exposed

  [[nodiscard]] bool any() const { return dark || flat; }
};

// The share of the beam that came through: (picture - dark) / (flat - dark), with 0.8 of full scale for all of it; in
// 16 bits. It is computed in the units of the files, however the loader stretched each (ValueScale); only where all of
// them hold plain numbers, as shares of full scale, so that files of 8 and of 16 bits go together. Without a dark frame
// nothing is taken for it, without a flat one the beam is taken for even. Pixels that the beam does not reach and those
// that a frame does not hold are not usable. A note names the frames. All of one size; throws Error{invalid_option}
// otherwise.
[[nodiscard]] BoardImage flat_fielded(BoardImage image, const DetectorFrames& frames);

}  // namespace boarddiff::imaging
