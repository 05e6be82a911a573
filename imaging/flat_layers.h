// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/find_parallax.h"
#include "imaging/place_match.h"
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

}  // namespace boarddiff::imaging
