// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/picture/camera.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace boarddiff::datasets {

struct LightSettings {
  double azimuth_deg = -120;    // where the lamp stands seen from above, clockwise from the board's x axis
  double elevation_deg = 50;    // above the board
  double softness_deg = 4;      // half the lamp's apparent size
  double strength = 1;          // of the lamp; 1 with ambient 0.5 exposes a middle grey well
  double ambient = 0.5;         // light from all around
  double temperature_k = 5500;  // of the lamp, left over after white balance
  double exposure = 1;
  std::uint64_t room = 0;  // which room glossy things mirror
  bool bulbs = false;      // it may have lamps without a shade, which glossy masks mirror white
};

enum class Desk { light, dark, wood, cluttered };

// Another board on the same desk, under the same camera and lamp; boards must not lie on each other.
struct BoardBeside {
  std::shared_ptr<const BoardDesign> board = {};
  imaging::Point corner_mm =
      imaging::Point::Zero();  // its upper left corner in the frame of the board that is pictured
  double turned_deg = 0;       // about this corner, clockwise
};

struct PhotoSettings {
  CameraSettings camera = {};
  LightSettings light = {};
  Desk desk = Desk::light;
  std::vector<BoardBeside> beside = {};
};

// CV_8UC3. Same arguments, same bytes, for any number of threads. The seed is that of the desk and the
// sensor, not of the board.
[[nodiscard]] RenderedPicture render_photo(const BoardDesign& design, const PhotoSettings& settings,
                                           std::uint64_t seed);

}  // namespace boarddiff::datasets
