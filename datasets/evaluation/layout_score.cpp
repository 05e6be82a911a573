// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/layout_score.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace boarddiff::datasets {
namespace {

constexpr double kLeastOverlap = 0.4;

std::vector<cv::Point2f> convex(const imaging::Polygon& polygon) {
  std::vector<cv::Point2f> points;
  points.reserve(polygon.size());
  for (const imaging::Point& corner : polygon) {
    points.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  std::vector<cv::Point2f> hull;
  cv::convexHull(points, hull);
  return hull;
}

struct Outline {
  std::vector<cv::Point2f> hull = {};
  cv::Rect box = {};
  double area = 0;
};

Outline outline_in(const imaging::Polygon& polygon) {
  Outline outline{.hull = convex(polygon)};
  outline.box = cv::boundingRect(outline.hull);
  outline.area = cv::contourArea(outline.hull);
  return outline;
}

double shared_area(const Outline& a, const Outline& b) {
  if ((a.box & b.box).empty()) return 0;
  std::vector<cv::Point2f> both;
  return cv::intersectConvexConvex(a.hull, b.hull, both);
}

double overlap(const Outline& a, const Outline& b) {
  const double shared = shared_area(a, b);
  return shared / (a.area + b.area - shared);
}

// Whether a larger part that stands before it hides most of it.
bool is_hidden(const Outline& one, const std::vector<Outline>& all) {
  constexpr double kMost = 0.5;
  return std::any_of(all.begin(), all.end(), [&](const Outline& other) {
    return other.area > one.area && shared_area(one, other) > kMost * one.area;
  });
}

double share(int part, int whole) { return whole > 0 ? static_cast<double>(part) / whole : 1; }

struct Truth {
  std::vector<const TrueComponent*> parts = {};
  std::vector<Outline> outlines = {};
};

Truth truth_in(const std::vector<TrueComponent>& components, PictureOf picture) {
  Truth all;
  for (const TrueComponent& component : components) {
    const imaging::Polygon& polygon =
        picture == PictureOf::reference ? component.reference_polygon : component.sample_polygon;
    if (component.populated && polygon.size() >= 3) {
      all.parts.push_back(&component);
      all.outlines.push_back(outline_in(polygon));
    }
  }
  Truth seen;
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    if (!is_hidden(all.outlines[i], all.outlines)) {
      seen.parts.push_back(all.parts[i]);
      seen.outlines.push_back(all.outlines[i]);
    }
  }
  return seen;
}

}  // namespace

LayoutScore& LayoutScore::operator+=(const LayoutScore& other) {
  true_parts += other.true_parts;
  found_parts += other.found_parts;
  matched += other.matched;
  true_ics += other.true_ics;
  matched_ics += other.matched_ics;
  kinds_right += other.kinds_right;
  return *this;
}

double LayoutScore::recall() const { return share(matched, true_parts); }
double LayoutScore::precision() const { return share(matched, found_parts); }

LayoutScore score_layout(const std::vector<compare::SeenPart>& found, const std::vector<TrueComponent>& components,
                         PictureOf picture) {
  const Truth truth = truth_in(components, picture);
  std::vector<Outline> found_outlines;
  found_outlines.reserve(found.size());
  for (const compare::SeenPart& part : found) {
    found_outlines.push_back(outline_in(compare::outline_of(part)));
  }
  struct Pair {
    double overlap = 0;
    std::size_t found = 0;
    std::size_t truth = 0;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t k = 0; k < truth.parts.size(); ++k) {
      const double shared = overlap(found_outlines[i], truth.outlines[k]);
      if (shared >= kLeastOverlap) pairs.push_back({shared, i, k});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tuple(-a.overlap, a.found, a.truth) < std::tuple(-b.overlap, b.found, b.truth);
  });
  const auto is_ic = [](const TrueComponent* component) { return component->kind == compare::ComponentKind::ic; };
  LayoutScore score{.true_parts = static_cast<int>(truth.parts.size()),
                    .found_parts = static_cast<int>(found.size()),
                    .true_ics = static_cast<int>(std::count_if(truth.parts.begin(), truth.parts.end(), is_ic))};
  std::vector<bool> taken(found.size(), false);
  std::vector<bool> hit(truth.parts.size(), false);
  for (const Pair& pair : pairs) {
    if (taken[pair.found] || hit[pair.truth]) continue;
    taken[pair.found] = hit[pair.truth] = true;
    ++score.matched;
    score.matched_ics += is_ic(truth.parts[pair.truth]) ? 1 : 0;
    score.kinds_right += truth.parts[pair.truth]->kind == found[pair.found].kind ? 1 : 0;
  }
  return score;
}

compare::Placement placement_of(const std::vector<TrueComponent>& components) {
  compare::Placement placement;
  placement.parts.reserve(components.size());
  for (const TrueComponent& component : components) {
    placement.parts.push_back({.designator = component.designator,
                               .package = component.package,
                               .centre_mm = component.centre_mm,
                               .angle_deg = component.angle_deg,
                               .size_mm = component.size_mm,
                               .populated = component.populated});
  }
  return placement;
}

}  // namespace boarddiff::datasets
