// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_plane.h"
#include "imaging/grey_pyramid.h"
#include "imaging/place_match.h"
#include "imaging/plane_map.h"

#include <cstdint>
#include <vector>

namespace boarddiff::imaging {

// The reference as fits need it, made once.
struct ReferencePlaces {
  int level = 0;                 // of the pyramid: its longer side is 1000 to 2000 px
  std::vector<Point> few = {};   // full pixels; enough to find the plane
  std::vector<Point> many = {};  // enough to measure it, and to judge the fit by
};
[[nodiscard]] ReferencePlaces places_of(const GreyPyramid& reference);

// The board's plane and what stands on it, measured on the pictures themselves.
struct BoardFit {
  SettledPlane plane = {};
  Parallax parallax = {};
  std::vector<PlaceMatch> matches = {};  // that `plane.on_plane` speaks of; at the finest size
  std::vector<PlaceMatch> tried = {};    // every one of `many` that the sample may show, found or not
  double scale = 1;                      // sample pixels a reference pixel, about the middle
  double unit_px = 1;                    // sample pixels a pixel of the level that places were found at
};

// How far the tallest parts are displaced at most, px of the level: 12 mm of height seen 30 degrees from above, on a
// board of 30 cm.
inline constexpr int kTallest_px = 24;

// What a fit begins with.
struct FitStart {
  PlaneMap map = {};                 // a first homography, on whichever of the board's layers
  std::vector<Point> known = {};     // of the reference: around them the map holds
  bool parts_on_both_sides = false;  // X-rays: parts stand above the plane and below it
  PlaneFitPrior prior = {};
  std::uint64_t seed = 1;
};

// In rounds: places are looked for around the map, first where it is known to hold and then ever farther from there,
// the direction of parallax is found from those that moved, the lowest layer is taken for the board, and the plane is
// settled on it; then all places are looked for along the parallax, and measured again at full size.
[[nodiscard]] BoardFit fit_board(const GreyPyramid& reference, const ReferencePlaces& places, const GreyPyramid& sample,
                                 const FitStart& start);

// Places whose patches look alike and whose best position stands out.
[[nodiscard]] bool is_clear(const PlaceMatch& match);

// Searches for the places under a map; places that it sends behind the horizon are left out.
[[nodiscard]] std::vector<PlaceSearch> searches_for(const std::vector<Point>& places, const PlaneMap& map);

}  // namespace boarddiff::imaging
