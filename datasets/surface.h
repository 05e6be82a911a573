// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_design.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

constexpr double kBoardThickness_mm = 1.6;

// A board as a relief seen from above: what a camera and lamps need to know. The desk around it lies at
// -kBoardThickness_mm. All maps have the same size.
struct Surface {
  double pixels_per_mm = 0;
  double margin_mm = 0;   // of desk on each side: board point (0, 0) lies this far from the first pixel's centre
  cv::Mat3b colour = {};  // sRGB, BGR
  cv::Mat1f height_mm = {};
  cv::Mat1b gloss = {};
  cv::Mat1b metal = {};

  [[nodiscard]] imaging::Point pixel_at(const imaging::Point& board_mm) const {
    return (board_mm + imaging::Point(margin_mm, margin_mm)) * pixels_per_mm;
  }
};

[[nodiscard]] Surface make_surface(const BoardDesign& design, double pixels_per_mm, double margin_mm);

}  // namespace boarddiff::datasets
