// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/grey_pyramid.h"
#include "imaging/plane_map.h"

#include <vector>

namespace boarddiff::imaging {

// Shifts of the reference (full pixels) under which the pictures, laid over each other by the map and then shifted,
// agree about as well as without: periods of slots, rows of pins, panels of equal modules. The best first, at most
// five. All shifts are tried at once, as the correlation of both pictures freed of light and contrast at about 400
// pixels, over what both show (Padfield 2012, "Masked object registration in the Fourier domain").
[[nodiscard]] std::vector<Point> rival_shifts(const GreyPyramid& reference, const GreyPyramid& sample,
                                              const PlaneMap& map);

// The map that takes a point of the reference where `map` takes the point that lies `shift` further.
[[nodiscard]] PlaneMap shifted_map(const PlaneMap& map, const Point& shift_in_reference);

}  // namespace boarddiff::imaging
