// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_evidence.h"
#include "imaging/base/frames.h"

#include <cstddef>
#include <vector>

namespace boarddiff::compare {

// One connected area of an X-ray pair around a peak of unexplained attenuation, down to half of it; or several such
// areas that look like pieces of one thing: ends of a resistor, leads of a chip, bumps of a die.
struct AttenuationRegion {
  bool removed = false;  // the reference absorbs there what the sample does not; else the other way round
  imaging::Box box = {};
  bool is_group = false;               // several areas taken together
  std::size_t thing = 0;               // the same of all pieces of one thing, and of these taken together
  imaging::Box whole = {};             // of that thing
  std::vector<cv::Point> pixels = {};  // of the pair
  double peak = 0;                     // in standard deviations of what noise and two good units explain
  double misfit = 1;                   // by how much these are too small on the pair as a whole, at least 1
};

// The regions of the highest peaks of either sense, each against what the pair as a whole leaves unexplained: where the
// beam was tilted between the pictures and much stands high, hundreds of places differ by more than their deviation,
// and what was put in has to stand out from them. Of them, at most `most` of each, what was added first, each from the
// highest on; then things of several pieces, taken together.
[[nodiscard]] std::vector<AttenuationRegion> find_attenuation_regions(const AttenuationEvidence& evidence, int most);

}  // namespace boarddiff::compare
