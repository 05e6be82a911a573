// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/board_layers.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

constexpr double kBoardThickness_mm = 1.6;

// A board as a relief seen from above: what a camera and lamps need to know. The desk around it lies at
// -kBoardThickness_mm. All maps have the same size.
struct Surface {
  Raster raster = {};
  cv::Mat3b colour = {};  // sRGB, BGR
  cv::Mat1f height_mm = {};
  cv::Mat1b gloss = {};
  cv::Mat1b metal = {};
};

[[nodiscard]] Surface make_surface(const BoardDesign& design, double pixels_per_mm, double margin_mm);

}  // namespace boarddiff::datasets
