// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

namespace boarddiff::datasets {

// Which cells of a board are taken; what lies outside the board counts as taken.
class Occupancy {
 public:
  Occupancy(double width_mm, double depth_mm, double cell_mm);

  [[nodiscard]] bool is_free(const imaging::Box& box_mm) const;
  [[nodiscard]] bool is_free(const cv::Point& cell) const;
  void take(const imaging::Box& box_mm);
  void take(const cv::Point& cell);

  [[nodiscard]] cv::Point cell_at(const imaging::Point& point_mm) const;
  [[nodiscard]] imaging::Point centre_mm(const cv::Point& cell) const;

 private:
  [[nodiscard]] cv::Rect cells_of(const imaging::Box& box_mm) const;

  double cell_mm_;
  cv::Mat1b taken_;
};

}  // namespace boarddiff::datasets
