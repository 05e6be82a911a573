// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/random.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>

namespace boarddiff::datasets {

// What shiny things mirror besides the lamp: ceiling with its lights, windows, walls, and the dark shape of whoever
// holds the camera. Light from above averages 1 on a level white surface.
class Room {
 public:
  // `bulbs`: there may be lamps without a shade.
  Room(imaging::Random random, bool bulbs);

  // Light from a direction (unit, z upwards), seen in a mirror of this roughness: 0 polished, 1 dull.
  [[nodiscard]] cv::Vec3f mirrored(const Eigen::Vector3f& direction, float roughness) const;

  // Light that a dull surface with this normal collects.
  [[nodiscard]] cv::Vec3f collected(const Eigen::Vector3f& normal) const;

 private:
  // Maps of the upper half of all directions: (x, y) / (1 + z) from -1 to 1; each rougher than the one before, the last
  // as a dull surface collects.
  static constexpr int kLevels = 5;
  std::array<cv::Mat3f, kLevels> levels_ = {};
};

}  // namespace boarddiff::datasets
