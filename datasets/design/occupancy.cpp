// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/occupancy.h"

#include <cmath>

namespace boarddiff::datasets {

Occupancy::Occupancy(double width_mm, double depth_mm, double cell_mm)
    : cell_mm_(cell_mm),
      taken_(static_cast<int>(std::floor(depth_mm / cell_mm)), static_cast<int>(std::floor(width_mm / cell_mm)),
             static_cast<unsigned char>(0)) {}

cv::Rect Occupancy::cells_of(const imaging::Box& box_mm) const {
  const cv::Point first = cell_at({box_mm.x, box_mm.y});
  const cv::Point last = cell_at({box_mm.x + box_mm.width, box_mm.y + box_mm.height});
  return {first, last + cv::Point(1, 1)};
}

bool Occupancy::is_free(const imaging::Box& box_mm) const {
  const cv::Rect cells = cells_of(box_mm);
  const cv::Rect board(cv::Point(0, 0), taken_.size());
  return (cells & board) == cells && cv::countNonZero(taken_(cells)) == 0;
}

bool Occupancy::is_free(const cv::Point& cell) const {
  return cell.inside(cv::Rect(cv::Point(0, 0), taken_.size())) && taken_(cell) == 0;
}

void Occupancy::take(const imaging::Box& box_mm) {
  taken_(cells_of(box_mm) & cv::Rect(cv::Point(0, 0), taken_.size())) = 1;
}

void Occupancy::take(const cv::Point& cell) {
  if (cell.inside(cv::Rect(cv::Point(0, 0), taken_.size()))) taken_(cell) = 1;
}

cv::Point Occupancy::cell_at(const imaging::Point& point_mm) const {
  return {static_cast<int>(std::floor(point_mm.x() / cell_mm_)), static_cast<int>(std::floor(point_mm.y() / cell_mm_))};
}

imaging::Point Occupancy::centre_mm(const cv::Point& cell) const {
  return {(cell.x + 0.5) * cell_mm_, (cell.y + 0.5) * cell_mm_};
}

}  // namespace boarddiff::datasets
