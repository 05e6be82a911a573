// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/marked_region.h"
#include "compare/variation.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::compare {

// What is worth knowing of the regions, a sentence each: that much of the board is ignored, and which of them lie off
// it. `masked`: the share of the board that is ignored; `board`: 255 where it is, in the reference shrunk by `scale`.
[[nodiscard]] std::vector<std::string> notes_on_regions(const MarkedRegions& regions, double masked,
                                                        const cv::Mat1b& board, double scale);

// The share of the board on which variations lie; `board` as above.
[[nodiscard]] double varied_share(const std::vector<UsedVariation>& variations, const cv::Mat1b& board, double scale);

// Which of them the sample shows, and that they take up much of the board; nothing where there are none. `share`: of
// the board, on which they lie.
[[nodiscard]] std::vector<std::string> notes_on_variations(const std::vector<UsedVariation>& variations, double share);

}  // namespace boarddiff::compare
