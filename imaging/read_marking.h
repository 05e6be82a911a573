// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/text_reader.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace boarddiff::imaging {

// What is printed on one part.
struct Marking {
  std::vector<TextLine> lines = {};  // as a reader of the print has them; boxes in the place as given
  double confidence = 0;             // of all lines, by their letters, 0 to 1
  int turn_deg = 0;                  // clockwise turn of the place after which the print was upright: 0, 90, 180 or 270
  bool light_on_dark = false;        // the print is lighter than a dark body
};

// From what confidence on something is claimed about a line.
inline constexpr double kReadable = 0.75;

// `place`: one part as seen from above, grey or BGR of 8 or 16 bits. The print may stand any of four ways; the one that
// reads best counts. `likely_turn_deg`: how it stands in another picture of the same part; if it reads well that way,
// the others are not tried, and else only those that its lines and
// its sides allow.
[[nodiscard]] Marking read_marking(const cv::Mat& place, TextReader& reader,
                                   const std::optional<int>& likely_turn_deg = {});

}  // namespace boarddiff::imaging
