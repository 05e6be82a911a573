// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// How far each cell is from the most similar cell that the other picture offers; CV_32F, one value a cell.
struct MatchDistance {
  cv::Mat1f joint = {};      // over all channels
  cv::Mat1f structure = {};  // of the same match, over the structure's channels
  cv::Mat1f colour = {};     // and over those behind them
};

// The least distance of each cell of `from` to the cells of each candidate grid within `reach` cells of its place
// (after position-constrained nearest neighbours: Cohen and Hoshen 2020, "Sub-image anomaly detection with deep pyramid
// correspondences"). All grids: CV_32FC(n), one size; the first `structure_channels` hold structure, the rest colour.
[[nodiscard]] MatchDistance best_match(const cv::Mat& from, const std::vector<cv::Mat>& candidates,
                                       int structure_channels, int reach);

}  // namespace boarddiff::compare
