// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/render_photo.h"
#include "datasets/picture/surface.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// Towards the lamp: x, y of the board, height.
[[nodiscard]] Eigen::Vector3d lamp_direction(const LightSettings& light);

// How much of the lamp each place of the relief sees, 0 to 255 (penumbra by the lamp's size).
[[nodiscard]] cv::Mat1b lamp_visibility(const Surface& surface, const LightSettings& light);

// How open each place is to light from all around, 0 to 255.
[[nodiscard]] cv::Mat1b openness(const Surface& surface);

// The highest point of each tile and its eight neighbours; tiles of kTile_px.
constexpr int kTile_px = 16;
[[nodiscard]] cv::Mat1f tile_tops(const cv::Mat1f& height_mm);

}  // namespace boarddiff::datasets
