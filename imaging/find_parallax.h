// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/parallax.h"
#include "imaging/place_match.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace boarddiff::imaging {

// How far a place was found from where the plane would have it, sample pixels.
struct Displacement {
  double along_px = 0;   // in the direction of parallax; all of it when that is not known
  double across_px = 0;  // which no height explains
};
[[nodiscard]] Displacement displacement(const Parallax& parallax, const PlaneMap& map, const PlaceMatch& match);

// From places that were found away from a plane, any plane of the scene: the point that most of them move to or from.
// `tolerance_px`: of the places, sample pixels.
[[nodiscard]] Parallax find_parallax(const std::vector<PlaceMatch>& matches, const PlaneMap& map, double tolerance_px,
                                     std::uint64_t seed);

// Which sense is up, from the two cameras' poses that the plane's homography allows for cameras of usual lenses
// (decomposed after Zhang and Hanson 1996, "3D reconstruction based on homography mapping"): the one that explains the
// epipole. Unknown stays unknown when the pictures do not tell.
[[nodiscard]] Parallax with_upward(Parallax parallax, const PlaneMap& map, const cv::Size& reference_size,
                                   const cv::Size& sample_size);

}  // namespace boarddiff::imaging
