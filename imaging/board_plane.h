// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/find_parallax.h"
#include "imaging/place_match.h"
#include "imaging/plane_fit.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

struct SettledPlane {
  PlaneMap map = {};
  std::vector<double> on_plane = {};  // of each match, 0 to 1: the probability that it lies on the board itself
  double noise_px = 0;                // deviation of places on the plane across the parallax, sample pixels
};

// What bounds a plane before the places are looked at.
struct PlaneBounds {
  double start_px = 3;       // how far places on the plane may lie from the start, sample pixels
  PlaneFitPrior prior = {};  // once the plane is about right; before that lenses are straight
};

// The plane map that fits the places best, tall parts not pulling it. Across the direction of parallax every place
// counts, robustly; along it as much as it is likely to lie on the plane rather than above, by a mixture of a normal
// distribution about the plane, an exponential tail of heights to the upper side (to both, while that is not known) and
// mismatches anywhere, re-estimated in each round (expectation maximisation).
[[nodiscard]] SettledPlane settle_plane(const std::vector<PlaceMatch>& matches, const PlaneMap& start,
                                        const Parallax& parallax, const cv::Size& reference_size,
                                        const cv::Size& sample_size, const PlaneBounds& bounds);

}  // namespace boarddiff::imaging
