// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/grey_pyramid.h"
#include "imaging/plane_map.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// Places with detail in every direction (Shi and Tomasi 1994), spread over the reference as far as the sample shows it:
// at most one a square of `spacing_px` (pixels of the level), the most distinct. Full pixels of the reference.
[[nodiscard]] std::vector<Point> spread_places(const GreyPyramid& reference, int level, int spacing_px,
                                               const cv::Mat1b& shown);

// Where a place of the reference is looked for: around a point of the sample, seen as the map's step there says.
struct PlaceSearch {
  Point reference = Point::Zero();
  Point sample = Point::Zero();
  Eigen::Matrix2d step = Eigen::Matrix2d::Identity();  // sample pixels a reference pixel
};

// How far, in pixels of the level of the reference that patches are cut from: a square around the point, or, with a
// direction, a strip along it from `from_px` to `to_px`, and `reach_px` to either side.
struct SearchWindow {
  int level = 0;       // of the reference's pyramid; the sample's follows from the step
  int half_patch = 8;  // patches have 2 * half_patch + 1 pixels a side
  int reach_px = 3;
  bool strip = false;
  double from_px = 0;
  double to_px = 0;
};

struct PlaceMatch {
  bool found = false;               // the patch was compared, and its best position is inside the window
  Point reference = Point::Zero();  // the middle of the patch
  Point sample = Point::Zero();
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Identity();  // of `sample`, px^2, from the noise that is left
  // Normalised correlation of the two patches, -1 to 1; -2 where the patch or its window are not within the pictures.
  double likeness = kNotCompared;
  // The best elsewhere in the window: near `likeness` where the pattern repeats itself.
  double runner_up = kNotCompared;

  static constexpr double kNotCompared = -2;
  [[nodiscard]] bool compared() const { return likeness > kNotCompared; }
};

// Each place by normalised correlation of patches, then to a fraction of a pixel by least squares (Lucas and Kanade
// 1981, with gain and offset free). `directions`: for a strip, one unit vector a search, in the sample. Whole numbers
// where positions are chosen, so that they do not depend on the processor.
[[nodiscard]] std::vector<PlaceMatch> match_places(const GreyPyramid& reference, const GreyPyramid& sample,
                                                   const std::vector<PlaceSearch>& searches, const SearchWindow& window,
                                                   const std::vector<Point>& directions = {});

}  // namespace boarddiff::imaging
