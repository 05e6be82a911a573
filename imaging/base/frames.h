// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <vector>

namespace boarddiff::imaging {

// Frames: `sample` and `reference` are pixels of the two pictures as shown (orientation applied), `board` is
// millimetres. A pixel's centre has whole coordinates, x to the right, y down. Transforms are named b_from_a, and
// points carry their frame in their name.
using Point = Eigen::Vector2d;
using Polygon = std::vector<Point>;

// An upright rectangle: left, top, width, height, in the frame that its name says.
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
  [[nodiscard]] double area() const { return width * height; }
  bool operator==(const Box&) const = default;
};

// The smallest box that holds all points; an empty box for no points.
[[nodiscard]] Box bounding_box(const std::vector<Point>& points);
[[nodiscard]] Box intersection(const Box& a, const Box& b);
// By the margin on every side.
[[nodiscard]] Box grown(const Box& box, double margin);
// Position and size times the factor: the box in pixels of a picture that is so many times as large.
[[nodiscard]] Box scaled(const Box& box, double factor);
[[nodiscard]] Box hull(const Box& a, const Box& b);
[[nodiscard]] Polygon corners(const Box& box);

// b_from_a applied to a point; the plane's points at infinity map to NaN.
[[nodiscard]] Point apply(const Eigen::Matrix3d& b_from_a, const Point& point_in_a);

}  // namespace boarddiff::imaging
