// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// One picture's brightness, cell by cell: logarithms, CV_32F, and where each cell is found in the other picture.
struct BrightnessView {
  cv::Mat1f brightness = {};
  cv::Mat2f shift_cells = {};
};

// How much brighter or darker each place is than the other picture anywhere shows it where the place may be: at its own
// position, or where its height takes it, each within a cell. In logarithms, at least 0; an edge that lies a cell aside
// makes none. `to`: of the same size.
[[nodiscard]] cv::Mat1f brightness_steps(const BrightnessView& from, const cv::Mat1f& to);

// `sample` without the light that fell differently on the board: that is soft and spreads farther than a part. No
// change counts in it for more than nearly all of the board shows, so that a part does not excuse itself. Both:
// logarithms of one size; `inspected`: 255 for cells that count.
[[nodiscard]] cv::Mat1f without_soft_light(const cv::Mat1f& reference, const cv::Mat1f& sample,
                                           const cv::Mat1b& inspected, double cells);

// Steps against those of places around that are of their own kind: plain ones, of less texture than half of the board,
// vary by noise alone, the others with everything that leans or shines. How many times as much, 0 where not inspected.
// `texture`: strength of the edges; all of one size.
[[nodiscard]] cv::Mat1f step_strength(const cv::Mat1f& step, const cv::Mat1f& texture, const cv::Mat1b& inspected);

}  // namespace boarddiff::compare
