// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_corners.h"

#include <Eigen/Geometry>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {
namespace {

// A line as the points p with normal.dot(p) == offset.
struct Line {
  Point normal = Point::UnitX();
  double offset = 0;
};

std::vector<Point> largest_outline(const cv::Mat1b& board) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(board, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  const auto largest = std::max_element(outlines.begin(), outlines.end(), [](const auto& a, const auto& b) {
    return cv::contourArea(a) < cv::contourArea(b);
  });
  std::vector<Point> points;
  if (largest != outlines.end()) {
    for (const cv::Point& point : *largest) points.emplace_back(point.x, point.y);
  }
  return points;
}

bool touches_border(const std::vector<Point>& outline, const cv::Size& picture) {
  constexpr double kMargin = 2;  // pixels
  return std::any_of(outline.begin(), outline.end(), [&](const Point& point) {
    return point.x() < kMargin || point.y() < kMargin || point.x() >= picture.width - kMargin ||
           point.y() >= picture.height - kMargin;
  });
}

// The corners of the smallest rectangle around the outline, in order around it.
std::array<Point, 4> rectangle_around(const std::vector<Point>& outline) {
  std::vector<cv::Point2f> points;
  points.reserve(outline.size());
  for (const Point& point : outline) {
    points.emplace_back(static_cast<float>(point.x()), static_cast<float>(point.y()));
  }
  std::array<cv::Point2f, 4> corners;
  cv::minAreaRect(points).points(corners.data());
  std::array<Point, 4> rectangle;
  std::transform(corners.begin(), corners.end(), rectangle.begin(),
                 [](const cv::Point2f& corner) { return Point(corner.x, corner.y); });
  return rectangle;
}

// The straight side that runs near the one from `start` to `end`: through the points beside its middle part, where a
// rounded or notched corner does not reach, without the farthest of them.
std::optional<Line> side_near(const std::vector<Point>& outline, const Point& start, const Point& end) {
  constexpr double kCorner = 0.12;  // share of the side
  constexpr double kFar = 0.12;     // the same: perspective turns sides by several degrees
  const Point along = (end - start).normalized();
  const Point across(-along.y(), along.x());
  const double length = (end - start).norm();
  std::vector<cv::Point2f> beside;
  for (const Point& point : outline) {
    const double at = along.dot(point - start);
    if (at > kCorner * length && at < (1 - kCorner) * length && std::abs(across.dot(point - start)) < kFar * length) {
      beside.emplace_back(static_cast<float>(point.x()), static_cast<float>(point.y()));
    }
  }
  if (static_cast<double>(beside.size()) < 0.5 * length) {
    return {};
  }
  cv::Vec4f line;  // a direction, then a point
  cv::fitLine(beside, line, cv::DIST_HUBER, 0, 0.01, 0.01);
  const Point normal(-line[1], line[0]);
  return Line{normal, normal.dot(Point(line[2], line[3]))};
}

std::optional<Point> meeting(const Line& a, const Line& b) {
  Eigen::Matrix2d normals;
  normals << a.normal.transpose(), b.normal.transpose();
  if (std::abs(normals.determinant()) < 0.3) {  // sides that meet at less than 17 degrees are none of a board
    return {};
  }
  return Point(normals.inverse() * Point(a.offset, b.offset));
}

double area_of(const std::array<Point, 4>& corners) {
  double twice = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point& a = corners[i];
    const Point& b = corners[(i + 1) % corners.size()];
    twice += a.x() * b.y() - a.y() * b.x();
  }
  return twice / 2;
}

}  // namespace

std::optional<std::array<Point, 4>> board_corners(const cv::Mat1b& board) {
  const std::vector<Point> outline = largest_outline(board);
  if (outline.size() < 40 || touches_border(outline, board.size())) {
    return {};
  }
  const std::array<Point, 4> around = rectangle_around(outline);
  // A circle fills 0.785 of it; a board that is seen under 35 degrees more, whatever hangs over its sides.
  constexpr double kLeastOfRectangle = 0.82;
  if (cv::countNonZero(board) < kLeastOfRectangle * std::abs(area_of(around))) {
    return {};
  }
  std::array<Line, 4> sides;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const std::optional<Line> side = side_near(outline, around[i], around[(i + 1) % around.size()]);
    if (!side) return {};
    sides[i] = *side;
  }
  std::array<Point, 4> corners;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const std::optional<Point> corner = meeting(sides[(i + 3) % sides.size()], sides[i]);
    if (!corner) return {};
    corners[i] = *corner;
  }
  if (area_of(corners) < 0) {
    std::reverse(corners.begin(), corners.end());
  }
  // A round board, or one with an arm, fills its four sides badly.
  constexpr double kLeastFilled = 0.85;
  const double filled = cv::countNonZero(board) / std::max(area_of(corners), 1.0);
  return filled > kLeastFilled && filled < 1 / kLeastFilled ? std::optional(corners) : std::nullopt;
}

}  // namespace boarddiff::imaging
