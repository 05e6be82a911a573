// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_evidence.h"
#include "imaging/base/frames.h"

#include <vector>

namespace boarddiff::compare {

// One connected area of an X-ray pair around a peak of unexplained attenuation, down to half of it.
struct AttenuationRegion {
  bool removed = false;  // the reference absorbs there what the sample does not; else the other way round
  imaging::Box box = {};
  std::vector<cv::Point> pixels = {};  // of the pair
  double peak = 0;                     // in standard deviations of what noise and two good units explain
  double misfit = 1;                   // by how much these are too small on the pair as a whole, at least 1
};

// The regions of the highest peaks of either sense, each against what the pair as a whole leaves unexplained: where the
// beam was tilted between the pictures and much stands high, hundreds of places differ by more than their deviation,
// and what was put in has to stand out from them. Of them, at most `most` of each, what was added first, each from the
// highest on.
[[nodiscard]] std::vector<AttenuationRegion> find_attenuation_regions(const AttenuationEvidence& evidence, int most);

}  // namespace boarddiff::compare
