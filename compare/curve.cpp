// SPDX-License-Identifier: Apache-2.0
#include "compare/curve.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace boarddiff::compare {
namespace {

using imaging::Point;
using imaging::Polygon;

constexpr double kOff_mm = 0.02;
constexpr double kFlatRadius_mm = 1e5;  // a board's edge with this radius is straight

int pieces_of(double radius, double sweep_rad) {
  const double step = 2 * std::acos(1 - std::min(1.0, kOff_mm / std::max(radius, kOff_mm)));
  return std::clamp(static_cast<int>(std::ceil(std::abs(sweep_rad) / step)), 3, 128);
}

Point turned(const Point& point, double angle_rad) {
  return {std::cos(angle_rad) * point.x() - std::sin(angle_rad) * point.y(),
          std::sin(angle_rad) * point.x() + std::cos(angle_rad) * point.y()};
}

double cross(const Point& a, const Point& b) { return a.x() * b.y() - a.y() * b.x(); }

}  // namespace

Polygon arc_about(const Point& centre, const Point& start, double sweep_deg) {
  const double sweep = std::clamp(sweep_deg, -360.0, 360.0) * std::numbers::pi / 180;
  const Point arm = start - centre;
  const int pieces = pieces_of(arm.norm(), sweep);
  Polygon points;
  for (int i = 0; i <= pieces; ++i) {
    points.push_back(centre + turned(arm, sweep * i / pieces));
  }
  return points;
}

Polygon arc_through(const Point& start, const Point& middle, const Point& end) {
  const Point a = middle - start;
  const Point b = end - start;
  const double twice_area = cross(a, b);
  if (std::abs(twice_area) < 1e-9) return {start, end};
  const Point centre = start + Point(b.y() * a.squaredNorm() - a.y() * b.squaredNorm(),
                                     a.x() * b.squaredNorm() - b.x() * a.squaredNorm()) /
                                   (2 * twice_area);
  if ((start - centre).norm() > kFlatRadius_mm) return {start, end};
  const Point from = start - centre;
  const Point to = end - centre;
  double sweep = std::atan2(cross(from, to), from.dot(to)) * 180 / std::numbers::pi;
  // The middle lies to the right of the way from start to end when the arc turns clockwise (y down).
  if (twice_area > 0 && sweep < 0) sweep += 360;
  if (twice_area < 0 && sweep > 0) sweep -= 360;
  Polygon points = arc_about(centre, start, sweep);
  points.back() = end;
  return points;
}

Polygon circle(const Point& centre, double radius) {
  Polygon points = arc_about(centre, centre + Point(radius, 0), 360);
  points.pop_back();
  return points;
}

Polygon bezier(const std::array<Point, 4>& control) {
  constexpr int kPieces = 24;
  Polygon points;
  for (int i = 0; i <= kPieces; ++i) {
    const double t = static_cast<double>(i) / kPieces;
    const double u = 1 - t;
    points.push_back(u * u * u * control[0] + 3 * u * u * t * control[1] + 3 * u * t * t * control[2] +
                     t * t * t * control[3]);
  }
  return points;
}

}  // namespace boarddiff::compare
