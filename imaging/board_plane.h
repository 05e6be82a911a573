// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/find_parallax.h"
#include "imaging/place_match.h"
#include "imaging/plane_fit.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace boarddiff::imaging {

// Among the flat layers that places lie on (the board, and the tops of parts of one height) the board's: the lowest
// that is seen over a good part of the picture, between the others. A homography alone fits whichever layer has the
// most details, on a board full of sockets that of their tops. Returns `map` where there is one layer, or no parallax,
// or where it is not known which way is up. `tolerance_px`: of the places, sample pixels.
[[nodiscard]] PlaneMap on_lowest_layer(const std::vector<PlaceMatch>& matches, const PlaneMap& map,
                                       const Parallax& parallax, double tolerance_px, std::uint64_t seed);

// How far a layer may lie from the board, sample pixels.
struct LayerBounds {
  double near_px = 3;  // across the parallax, and below the board where it is known which way is up
  double tallest_px = 40;
};

// Whether a map sees the same board as `plane` does, only another layer of it: then every point of it lies along the
// parallax from where `plane` has it, upwards where that sense is known.
[[nodiscard]] bool is_other_layer(const PlaneMap& map, const PlaneMap& plane, const Parallax& parallax,
                                  const cv::Size& reference_size, const LayerBounds& bounds);

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
