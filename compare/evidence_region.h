// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "imaging/base/frames.h"

#include <vector>

namespace boarddiff::compare {

// One connected area of evidence around a peak, down to half of it. Means are over its cells.
struct EvidenceRegion {
  imaging::Box box = {};  // pixels of the normalised pair
  std::vector<cv::Point> cells = {};
  double strength = 0;  // mean of that it was found by; not the sum: a small part must not lose against a wide shimmer
  double appeared = 0;
  double disappeared = 0;
  double colour = 0;
  double reference_texture = 0;
  double sample_texture = 0;
  double step = 0;       // of brightness, in logarithms
  bool by_step = false;  // it was found by that, not by patterns and colour
};

// The regions of the highest peaks, highest first, at most `most`; weaker ones inside the box of a stronger one are
// part of it. Behind them, as many at most, those of the steps of brightness, wherever the others are.
[[nodiscard]] std::vector<EvidenceRegion> find_regions(const Evidence& evidence, int most);

}  // namespace boarddiff::compare
