// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/board_layers.h"
#include "datasets/picture/surface_painter.h"

#include <vector>

// Private to the X-ray renderer: a board as flat layers of attenuation (natural logarithm, at about 80 kV).
namespace boarddiff::datasets {

// What lies at one height, on a part of the raster.
struct XraySlice {
  double height_mm = 0;
  cv::Rect window = {};
  cv::Mat1f attenuation = {};
};

// Something between two heights; its cover is its share of `attenuation`.
struct XrayPiece {
  Stamp stamp = {};
  double low_mm = 0;
  double high_mm = 0;
  double attenuation = 0;
};

// One slice for each of a fixed row of heights. Those from the back's copper to the front's hold laminate, copper of
// all layers and barrels of vias; the others are empty. `back` in the front's frame.
[[nodiscard]] std::vector<XraySlice> board_slices(const BoardDesign& front, const BoardDesign& back,
                                                  const Raster& raster);

// Each piece shared out among the heights that it reaches over.
void add_pieces(std::vector<XraySlice>& slices, const std::vector<XrayPiece>& pieces);

}  // namespace boarddiff::datasets
