// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

namespace boarddiff::datasets {

// The obvious way to compare two pictures, as a yardstick: what does a set of cases ask for beyond it? SIFT features
// with a ratio test, a homography by RANSAC, one gain and one offset for the whole picture, the blurred difference of
// luminance, and the regions above a fixed threshold, ranked by their mean difference (score 1: black against white).
struct PlainDifferenceOptions {
  int max_side_px = 2400;      // longer side of the pictures that are compared
  int max_features = 8000;     // in each picture
  double match_ratio = 0.75;   // of the nearest to the second nearest descriptor
  double ransac_px = 3;        // reprojection error of an inlier
  double blur_px = 3;          // sigma, of the difference
  double min_difference = 30;  // of 255
  double min_area_px = 100;    // of a region
};

// All regions are findings; not_comparable only when no homography is found.
[[nodiscard]] compare::InspectionReport plain_difference(const imaging::BoardImage& reference,
                                                         const imaging::BoardImage& sample,
                                                         const PlainDifferenceOptions& options = {});

}  // namespace boarddiff::datasets
