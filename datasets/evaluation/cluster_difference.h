// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <cstdint>

namespace boarddiff::datasets {

// The published way to compare two pictures of boards without training, as a second yardstick. Our own writing of the
// method of Y. Fridman, M. Rusanovsky and G. Oren, "ChangeChip: A Reference-Based Unsupervised Change Detection for PCB
// Defect Detection", IEEE PAINE 2021 (arXiv:2109.05746), which follows T. Celik's change detection by principal
// components and k-means (2009): SIFT features and a homography; each channel's histogram brought to the reference's;
// windows of the difference's channels and of its hue around each pixel, reduced to their principal components and
// sorted into clusters by k-means; the clusters ranked by their mean squared difference, and those beyond the first gap
// in that row are changes; changed pixels without enough others near them are noise (DBSCAN); what remains connected is
// a finding. Ours is to rank findings by their mean difference (score 1: black against white), since the method itself
// only marks pixels, and to fit components and clusters to a sample of the windows, which takes seconds instead of
// minutes.
struct ClusterDifferenceOptions {
  int max_side_px = 2400;     // longer side of the pictures that are compared
  int max_features = 8000;    // in each picture
  double match_ratio = 0.75;  // of the nearest to the second nearest descriptor
  double ransac_px = 3;       // reprojection error of an inlier
  int window_px = 5;          // side of the window around a pixel, odd
  int components = 6;         // principal ones that are kept
  int clusters = 16;          //
  int most_windows = 20000;   // that components and clusters are fitted to
  double gap = 0.02;          // between mean squared differences, 1: black against white
  int near_px = 4;            // changed pixels within this distance, along rows and columns, belong together
  int least_near = 24;        // of the 81 pixels so near must be changed around one that is no noise
  double min_area_px = 30;    // of a finding's changed pixels
  std::uint64_t seed = 1;     // of the windows that are taken and of the clusters' first centres
};

// All connected areas are findings; not_comparable only when no homography is found. The same pictures and options give
// the same report for any number of threads.
[[nodiscard]] compare::InspectionReport cluster_difference(const imaging::BoardImage& reference,
                                                           const imaging::BoardImage& sample,
                                                           const ClusterDifferenceOptions& options = {});

}  // namespace boarddiff::datasets
