// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// A grid of pixels over a board and a margin around it.
struct Raster {
  double pixels_per_mm = 0;
  double margin_mm = 0;  // on each side: board point (0, 0) lies this far from the first pixel's centre
  cv::Size size = {};

  [[nodiscard]] imaging::Point pixel_at(const imaging::Point& board_mm) const {
    return (board_mm + imaging::Point(margin_mm, margin_mm)) * pixels_per_mm;
  }
};
[[nodiscard]] Raster raster_of(const BoardDesign& design, double pixels_per_mm, double margin_mm);

// What covers the bare board, 0 to 255 each.
struct BoardLayers {
  cv::Mat1b pour = {};
  cv::Mat1b gap = {};  // where a pour keeps clear of traces and pads
  cv::Mat1b copper = {};
  cv::Mat1b pads = {};
  cv::Mat1b silk = {};
  cv::Mat1b drilled = {};
};
[[nodiscard]] BoardLayers paint_layers(const BoardDesign& design, const Raster& raster);

}  // namespace boarddiff::datasets
