// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/parallax.h"
#include "imaging/place_match.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

struct EpipolarFit {
  PlaneMap map = {};  // of some plane of the scene; which one is left to `start`
  Parallax parallax = {};
  double noise_px = 0;  // deviation of the places across the parallax; the median's, so that few strays do not count
  double core_px = 0;   // the same of the better half of them
};

// Where displacements are about as short as the noise, as between the layers of an X-ray, no place knows the direction
// of parallax by itself and all have to tell it together: the homography and the epipole under which the places lie
// least across the parallax (the geometry of two views, from a start that is nearly right). Places farther than
// `far_px` from the start are left out. The parallax is unknown where there are too few places.
[[nodiscard]] EpipolarFit fit_epipolar(const std::vector<PlaceMatch>& matches, const PlaneMap& start,
                                       const cv::Size& reference_size, const cv::Size& sample_size, double far_px);

}  // namespace boarddiff::imaging
