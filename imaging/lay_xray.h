// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"
#include "imaging/features.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::imaging {

// How an X-ray lies on a photograph of the same side of the same board.
struct XrayOnPhoto {
  bool found = false;
  std::string reason = {};  // why not
  PlaneMap plane = {};      // "reference" is the photograph, "sample" the X-ray; of the board's surface
  int places = 0;           // that were looked at, and of them
  int agreeing = 0;         // those that both pictures show there
};

// By the board's four sides first, which either picture must show whole, in each of the eight ways that a rectangle can
// lie on another; then by the edges of what both show: pads, holes, parts. What is on the far side of the board, or
// inside, is in the X-ray alone, so that far from all places agree; accepted is what agrees at more of them than wrong
// ways and other boards ever do. `xray` as prepared_xray gives it. Same pictures, same result.
[[nodiscard]] XrayOnPhoto lay_xray_on_photo(const BoardImage& photo, const BoardImage& xray);

// By four places and more that somebody named in both: reference is the photograph, sample the X-ray, full pixels.
[[nodiscard]] XrayOnPhoto lay_xray_by_places(const std::vector<PointPair>& places, const cv::Size& photo,
                                             const cv::Size& xray);

}  // namespace boarddiff::imaging
