// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_design.h"
#include "datasets/camera.h"

#include <cstdint>

namespace boarddiff::datasets {

struct XraySettings {
  CameraSettings camera = {};  // the point source and its flat detector; view, defocus, distortion, noise apply
  double brightness = 0.8;     // of the empty beam, share of full scale
  double hardness = 1;         // divides every attenuation
  double shading = 0.12;       // slow unevenness of the beam
};

// CV_16UC1, bright where little is in the way. Same arguments, same bytes, for any number of threads. The seed is that
// of the beam and the detector, not of the board.
[[nodiscard]] RenderedPicture render_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed);

}  // namespace boarddiff::datasets
