// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/place.h"

#include "imaging/base/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Polygon;

// What hides others: a populated part as a prism.
struct Body {
  std::vector<cv::Point2f> outline = {};
  Box box = {};
  double top_mm = 0;
};

std::vector<Body> bodies_of(const std::vector<Part>& parts) {
  std::vector<Body> bodies;
  for (const Part& part : parts) {
    if (!part.populated) continue;
    const Place place = place_of(part);
    Body body{{}, imaging::bounding_box(place.outline_mm), place.top_mm};
    for (const Point& corner : place.outline_mm) {
      body.outline.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
    }
    bodies.push_back(std::move(body));
  }
  return bodies;
}

bool holds(const Body& body, const Point& point) {
  if (point.x() < body.box.x || point.x() > body.box.x + body.box.width || point.y() < body.box.y ||
      point.y() > body.box.y + body.box.height) {
    return false;
  }
  const cv::Point2f at(static_cast<float>(point.x()), static_cast<float>(point.y()));
  return cv::pointPolygonTest(body.outline, at, false) > 0;
}

// Whether something stands in the way from a place `height_mm` high to an eye that is `slope` mm aside per mm of
// height.
bool is_hidden(const Point& at_mm, double height_mm, const Point& slope, const std::vector<Body>& bodies) {
  constexpr double kStep_mm = 0.4;
  constexpr double kSkin_mm = 0.05;
  return std::any_of(bodies.begin(), bodies.end(), [&](const Body& body) {
    for (double up = kSkin_mm; height_mm + up < body.top_mm; up += kStep_mm) {
      if (holds(body, at_mm + slope * up)) return true;
    }
    return false;
  });
}

template <typename Slope>
double seen_share_along(const Place& place, const std::vector<Part>& parts, const Slope& slope_at) {
  const std::vector<Body> bodies = bodies_of(parts);
  const Point middle = imaging::bounding_box(place.outline_mm).centre();
  int looked_at = 0;
  int seen = 0;
  const auto look = [&](const Point& at_mm, double height_mm) {
    ++looked_at;
    if (!is_hidden(at_mm, height_mm, slope_at(at_mm, height_mm), bodies)) ++seen;
  };
  for (std::size_t i = 0; i < place.outline_mm.size(); ++i) {
    if (!place.heights_mm.empty()) {
      look(place.outline_mm[i], place.heights_mm[i]);
      continue;
    }
    for (const double out : {0.05, 0.5, 0.9}) {
      look(middle + out * (place.outline_mm[i] - middle), place.top_mm);
    }
  }
  return looked_at == 0 ? 0 : static_cast<double>(seen) / looked_at;
}

Point normal_of(const Point& along) {
  const double length = along.norm();
  return length > 0 ? Point(-along.y() / length, along.x() / length) : Point::Zero();
}

}  // namespace

Place place_of(const Part& part) {
  const PartShape shape = shape_of(part);
  return {outline_on_board(part, shape.body_mm), part.base_mm, part.base_mm + shape.top_mm, {}};
}

Place place_of(const Patch& patch, double top_under_mm) {
  const Part frame{.centre_mm = patch.centre_mm, .angle_deg = patch.angle_deg};
  Place place{{}, 0, top_under_mm + patch.thickness_mm, {}};
  if (patch.form == Patch::Form::blob) {
    // An ellipse through the middle of its waves.
    constexpr int kCorners = 24;
    for (int i = 0; i < kCorners; ++i) {
      const double angle = 2 * std::numbers::pi * i / kCorners;
      place.outline_mm.push_back(
          on_board(frame, 0.9 * Point(patch.width_mm / 2 * std::cos(angle), patch.depth_mm / 2 * std::sin(angle))));
    }
    return place;
  }
  // A scratch wanders about its axis.
  const double depth_mm = patch.form == Patch::Form::scratch ? 1.3 * patch.depth_mm : patch.depth_mm;
  place.outline_mm = outline_on_board(frame, {-patch.width_mm / 2, -depth_mm / 2, patch.width_mm, depth_mm});
  if (patch.form == Patch::Form::scratch) place.top_mm = top_under_mm;
  return place;
}

Place band_along(const Polygon& points_mm, const std::vector<double>& heights_mm, double width_mm) {
  imaging::require(points_mm.size() >= 2 && points_mm.size() == heights_mm.size(), "a band has a height at each point");
  Place band;
  Polygon right;
  for (std::size_t i = 0; i < points_mm.size(); ++i) {
    const Point before = normal_of(points_mm[i] - points_mm[i == 0 ? 0 : i - 1]);
    const Point after = normal_of(points_mm[std::min(i + 1, points_mm.size() - 1)] - points_mm[i]);
    Point normal = before + after;
    // Outwards at a bend as far as the sides' intersection, but no spike where the line turns back.
    if (i > 0 && i + 1 < points_mm.size()) normal /= std::max(1.0, normal.squaredNorm() / 2);
    const Point aside = width_mm / 2 * normal;
    band.outline_mm.push_back(points_mm[i] + aside);
    right.push_back(points_mm[i] - aside);
  }
  band.outline_mm.insert(band.outline_mm.end(), right.rbegin(), right.rend());
  band.heights_mm = heights_mm;
  band.heights_mm.insert(band.heights_mm.end(), heights_mm.rbegin(), heights_mm.rend());
  band.base_mm = *std::min_element(heights_mm.begin(), heights_mm.end());
  band.top_mm = *std::max_element(heights_mm.begin(), heights_mm.end());
  return band;
}

std::vector<Box> boxes_of(const Place& place) {
  if (place.heights_mm.empty()) return {imaging::bounding_box(place.outline_mm)};
  std::vector<Box> boxes;
  const std::size_t last = place.outline_mm.size() - 1;
  for (std::size_t i = 0; 2 * i + 2 < last + 1; ++i) {
    boxes.push_back(imaging::bounding_box(
        {place.outline_mm[i], place.outline_mm[i + 1], place.outline_mm[last - i], place.outline_mm[last - i - 1]}));
  }
  return boxes;
}

Polygon polygon_in(const Camera& camera, const Place& place) {
  Polygon polygon;
  if (!place.heights_mm.empty()) {
    for (std::size_t i = 0; i < place.outline_mm.size(); ++i) {
      polygon.push_back(camera.pixel_of(place.outline_mm[i], place.heights_mm[i]));
    }
    return polygon;
  }
  std::vector<cv::Point2f> seen;
  for (const Point& corner : place.outline_mm) {
    for (const double height_mm : {place.base_mm, place.top_mm}) {
      const Point pixel = camera.pixel_of(corner, height_mm);
      seen.emplace_back(static_cast<float>(pixel.x()), static_cast<float>(pixel.y()));
    }
  }
  std::vector<cv::Point2f> hull;
  cv::convexHull(seen, hull);
  for (const cv::Point2f& corner : hull) {
    polygon.emplace_back(corner.x, corner.y);
  }
  return polygon;
}

double seen_share(const Place& place, const std::vector<Part>& parts, const Camera& camera) {
  return seen_share_along(place, parts, [&](const Point& at_mm, double height_mm) {
    return camera.ray_through(camera.pixel_of(at_mm, height_mm)).slope;
  });
}

double seen_share_from_above(const Place& place, const std::vector<Part>& parts) {
  return seen_share_along(place, parts, [](const Point&, double) { return Point(0, 0); });
}

}  // namespace boarddiff::datasets
