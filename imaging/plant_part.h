// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/scene_light.h"
#include "imaging/virtual_part.h"

#include <opencv2/core.hpp>

#include <cstdint>

namespace boarddiff::imaging {

// Where a part lies in a picture.
struct PartPlace {
  Point centre_px = Point::Zero();
  bool upright = false;  // its length along y
  double px_per_mm = 10;
};

// All of it, terminals included, in the picture's pixels.
[[nodiscard]] Box outline_px(const VirtualPart& part, const PartPlace& place);

// Paints the part into the picture (CV_32FC3, 0 to 1) as `light` would show it, with its shadow, blur and noise. It
// lies flat: what its height displaces in slanted views is left out. `seed` decides the noise and how its metal shines.
void plant_part(cv::Mat3f& picture, const VirtualPart& part, const PartPlace& place, const SceneLight& light,
                std::uint64_t seed);

}  // namespace boarddiff::imaging
