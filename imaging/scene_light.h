// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// How a photograph shows what lies on its board: enough to paint another part into it that looks like the others.
// Levels are encoded as in the picture, 0 to 1.
struct SceneLight {
  cv::Mat1f local = {};          // light at a place against that of the whole board; smooth, of the picture's size
  double white_level = 1;        // of white surfaces in usual light
  Point shadow = Point::Zero();  // direction in which parts cast it, of length 1; 0 where none is seen
  double shadow_depth = 0;       // share of the light that it takes, 0 to 1
  double blur_px = 0.6;          // deviation of the blur of an edge
  double noise = 0;              // deviation of the noise
};

// `board`: 255 where the picture shows the board; `even`: where the board or a part on it is even but for print and
// traces; both of the picture's size. `bodies`: parts, in its pixels. The blur comes from how much more an edge loses
// by a known blur (Zhuo and Sim, "Defocus map estimation from a single image", 2011), the noise from second differences
// (Immerkaer, "Fast noise variance estimation", 1996), the shadow from what lies along the four sides of bodies.
[[nodiscard]] SceneLight measure_scene_light(const cv::Mat3f& picture, const cv::Mat1b& board, const cv::Mat1b& even,
                                             const std::vector<Box>& bodies);

}  // namespace boarddiff::imaging
