// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Surroundings that a place is measured against, the deviation of their weight by distance: wider than a part, narrower
// than a board's quarter.
inline constexpr double kAroundCells = 14;

// What a tenth of the cells that count (255 in `where`) exceeds; 0 if none counts. What differs most counts in its
// surroundings no more than this, so that a large new part does not excuse itself.
[[nodiscard]] float usual_most(const cv::Mat1f& map, const cv::Mat1b& where);

// The mean around each cell, weighted by distance (deviation in cells), of values that are 0 where `weight` is;
// `weight`: from 0 to 1.
[[nodiscard]] cv::Mat1f mean_around(const cv::Mat1f& values, const cv::Mat1f& weight, double cells);

// How many times as much as its surroundings each place has, a little smoothed; 0 outside `where`. `quiet`: what even
// perfectly quiet surroundings are credited with, above 0.
[[nodiscard]] cv::Mat1f over_surroundings(const cv::Mat1f& map, const cv::Mat1f& around, float quiet,
                                          const cv::Mat1b& where);

}  // namespace boarddiff::compare
