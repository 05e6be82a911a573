// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/frames.h"

#include <algorithm>
#include <limits>

namespace boarddiff::imaging {

Box bounding_box(const std::vector<Point>& points) {
  if (points.empty()) {
    return {};
  }
  Point low = points.front();
  Point high = points.front();
  for (const Point& point : points) {
    low = low.cwiseMin(point);
    high = high.cwiseMax(point);
  }
  return {.x = low.x(), .y = low.y(), .width = high.x() - low.x(), .height = high.y() - low.y()};
}

Box intersection(const Box& a, const Box& b) {
  const double left = std::max(a.x, b.x);
  const double top = std::max(a.y, b.y);
  const double right = std::min(a.x + a.width, b.x + b.width);
  const double bottom = std::min(a.y + a.height, b.y + b.height);
  if (!(right > left && bottom > top)) {
    return {};
  }
  return {.x = left, .y = top, .width = right - left, .height = bottom - top};
}

Box grown(const Box& box, double margin) {
  return {box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin};
}

Box scaled(const Box& box, double factor) {
  return {.x = box.x * factor, .y = box.y * factor, .width = box.width * factor, .height = box.height * factor};
}

Box hull(const Box& a, const Box& b) {
  const double left = std::min(a.x, b.x);
  const double top = std::min(a.y, b.y);
  const double right = std::max(a.x + a.width, b.x + b.width);
  const double bottom = std::max(a.y + a.height, b.y + b.height);
  return {.x = left, .y = top, .width = right - left, .height = bottom - top};
}

Polygon corners(const Box& box) {
  return {
      {box.x, box.y}, {box.x + box.width, box.y}, {box.x + box.width, box.y + box.height}, {box.x, box.y + box.height}};
}

Point apply(const Eigen::Matrix3d& b_from_a, const Point& point_in_a) {
  const Eigen::Vector3d mapped = b_from_a * point_in_a.homogeneous();
  if (!(std::abs(mapped.z()) > 0)) {
    return Point::Constant(std::numeric_limits<double>::quiet_NaN());
  }
  return mapped.hnormalized();
}

}  // namespace boarddiff::imaging
