// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/picture/camera.h"
#include "datasets/picture/surface.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// Where a ray meets the relief or the desk around it.
struct Hit {
  Eigen::Vector2f at_px = Eigen::Vector2f::Zero();  // of the relief
  float height_mm = static_cast<float>(-kBoardThickness_mm);
  bool on_relief = false;  // false: beyond the relief's maps, on the desk
};

// Follows rays down to a relief. The relief must outlive it.
class ReliefTracer {
 public:
  // `tops` as tile_tops makes them of the relief's heights.
  ReliefTracer(const Surface& surface, const cv::Mat1f& tops);

  [[nodiscard]] Hit trace(const Camera::Ray& ray) const;

  // Rise of the relief in mm per mm around a hit.
  [[nodiscard]] Eigen::Vector2f gradient_at(const Eigen::Vector2f& at_px) const;

 private:
  struct Course {  // a ray in pixels of the relief: at height h it is at start + h * slope
    Eigen::Vector2f start = Eigen::Vector2f::Zero();
    Eigen::Vector2f slope = Eigen::Vector2f::Zero();
    [[nodiscard]] Eigen::Vector2f at(float height_mm) const { return start + slope * height_mm; }
  };
  [[nodiscard]] bool within(const Eigen::Vector2f& at_px) const;
  [[nodiscard]] float height_at(const Eigen::Vector2f& at_px) const;
  [[nodiscard]] Hit refined(const Course& course, float above_mm, float below_mm) const;

  const Surface& surface_;
  const cv::Mat1f& tops_;
  float top_mm_;
};

}  // namespace boarddiff::datasets
