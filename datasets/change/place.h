// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/camera.h"

#include <vector>

namespace boarddiff::datasets {

// Where something is or was on the board, and between which heights.
struct Place {
  imaging::Polygon outline_mm = {};
  double base_mm = 0;
  double top_mm = 0;
  // Of a band that follows what is under it, one for each corner of the outline; empty: a body from base to top.
  std::vector<double> heights_mm = {};
};

// The body of a part as this specimen sits.
[[nodiscard]] Place place_of(const Part& part);

// What a patch covers; it follows what is under it, which reaches up to `top_under_mm`.
[[nodiscard]] Place place_of(const Patch& patch, double top_under_mm);

// A band along a line that has a height at each of its points: first its left side, then back along its right.
[[nodiscard]] Place band_along(const imaging::Polygon& points_mm, const std::vector<double>& heights_mm,
                               double width_mm);

// Upright boxes that together hold the outline: one for a body, one for each piece of a band.
[[nodiscard]] std::vector<imaging::Box> boxes_of(const Place& place);

// What a camera sees of it, in pixels: the convex hull of a body's base and top, or the outline of a band.
[[nodiscard]] imaging::Polygon polygon_in(const Camera& camera, const Place& place);

// Which share of it the camera sees past the parts of the board (coarse, a few points, 0 to 1).
[[nodiscard]] double seen_share(const Place& place, const std::vector<Part>& parts, const Camera& camera);

// The same for a look straight down.
[[nodiscard]] double seen_share_from_above(const Place& place, const std::vector<Part>& parts);

}  // namespace boarddiff::datasets
