// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_plane.h"
#include "imaging/place_match.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace boarddiff::imaging {

// X-rays show all layers of a board on top of each other. Those that hold many places over the whole board are its
// copper: pads and tracks of the front, and the barrels of vias and pins, which show in the middle of the board's
// thickness since they pass through it. A plane fitted to all of them lies between, half a millimetre too deep and
// askew. Where layers can be told apart, this is the plane of the one nearest to the source, the front's copper;
// nothing where only one stands out, or where it is not known which way is up. `far_px`: places farther from `start`
// are left out, sample pixels.
[[nodiscard]] std::optional<SettledPlane> front_plane(const std::vector<PlaceMatch>& matches, const PlaneMap& start,
                                                      const cv::Size& reference_size, const cv::Size& sample_size,
                                                      double far_px);

}  // namespace boarddiff::imaging
