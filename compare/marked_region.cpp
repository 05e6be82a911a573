// SPDX-License-Identifier: Apache-2.0
#include "compare/marked_region.h"

#include "compare/whole_pixels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

using imaging::Point;
using imaging::Polygon;

Point shrunk(const Point& reference, double scale) { return (reference.array() + 0.5) * scale - 0.5; }

// The first whole number from `value` on, kept between 0 and `most`.
int first_from(double value, int most) { return static_cast<int>(std::clamp(std::ceil(value), 0.0, double(most))); }

// The part of the ring on the near side of a line, where `inside` is not negative; along the line where it was cut
// (Sutherland and Hodgman 1974).
template <typename Inside>
Polygon cut_off(const Polygon& ring, Inside inside) {
  Polygon result;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point& corner = ring[i];
    const Point& next = ring[(i + 1) % ring.size()];
    const double here = inside(corner);
    const double there = inside(next);
    if (here >= 0) result.push_back(corner);
    if ((here < 0) != (there < 0)) result.emplace_back(corner + here / (here - there) * (next - corner));
  }
  return result;
}

// Where the sides of all rings cross each row of the window, through the centres of its pixels.
std::vector<std::vector<double>> crossings(const MarkedRegion& region, const cv::Rect& window, double scale) {
  std::vector<std::vector<double>> rows(static_cast<std::size_t>(window.height));
  const Point corner(window.x, window.y);
  for (const Polygon& ring : region.reference_rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Point upper = shrunk(ring[i], scale) - corner;
      Point lower = shrunk(ring[(i + 1) % ring.size()], scale) - corner;
      if (upper.y() > lower.y()) {
        std::swap(upper, lower);
      }
      // A corner belongs to the side below it alone, so that each ring crosses a row an even number of times.
      const int end = first_from(lower.y(), window.height);
      for (int y = first_from(upper.y(), window.height); y < end; ++y) {
        const double share = (y - upper.y()) / (lower.y() - upper.y());
        rows[static_cast<std::size_t>(y)].push_back(upper.x() + share * (lower.x() - upper.x()));
      }
    }
  }
  return rows;
}

// Twice the area, positive for rings that run clockwise as seen.
double turning(const Polygon& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point& next = ring[(i + 1) % ring.size()];
    sum += ring[i].x() * next.y() - next.x() * ring[i].y();
  }
  return sum;
}

// The ring with its first corner once more at the end, clockwise or not; outlines of pixels lose their steps.
Polygon closed(const Polygon& ring, bool clockwise) {
  constexpr double kMostApart_px = 1;
  std::vector<cv::Point2f> corners;
  for (const Point& corner : ring) {
    corners.emplace_back(static_cast<float>(corner.x()), static_cast<float>(corner.y()));
  }
  std::vector<cv::Point2f> simple;
  cv::approxPolyDP(corners, simple, kMostApart_px, true);
  Polygon result;
  for (const cv::Point2f& corner : simple) {
    result.emplace_back(corner.x, corner.y);
  }
  if ((turning(result) > 0) != clockwise) {
    std::reverse(result.begin(), result.end());
  }
  result.push_back(result.front());
  return result;
}

}  // namespace

RegionSet joined(RegionSet one, const RegionSet& other) {
  one.sources.insert(one.sources.end(), other.sources.begin(), other.sources.end());
  one.regions.insert(one.regions.end(), other.regions.begin(), other.regions.end());
  return one;
}

cv::Rect window_around(const MarkedRegion& region, const cv::Size& size, double scale) {
  std::vector<Point> corners;
  for (const Polygon& ring : region.reference_rings) {
    for (const Point& corner : ring) {
      corners.push_back(shrunk(corner, scale));
    }
  }
  return whole_pixels(imaging::grown(imaging::bounding_box(corners), 1), size);
}

MarkedRegion within(MarkedRegion region, const imaging::Box& box) {
  for (Polygon& ring : region.reference_rings) {
    ring = cut_off(ring, [&](const Point& corner) { return corner.x() - box.x; });
    ring = cut_off(ring, [&](const Point& corner) { return box.x + box.width - corner.x(); });
    ring = cut_off(ring, [&](const Point& corner) { return corner.y() - box.y; });
    ring = cut_off(ring, [&](const Point& corner) { return box.y + box.height - corner.y(); });
  }
  std::erase_if(region.reference_rings, [](const Polygon& ring) { return ring.empty(); });
  return region;
}

cv::Mat1b pixels_of(const MarkedRegion& region, const cv::Rect& window, double scale) {
  constexpr int kBand = 64;  // rows at a time: a ring may have very many sides, and each crosses them all
  cv::Mat1b pixels(window.size(), uchar{0});
  for (int top = 0; top < pixels.rows; top += kBand) {
    const int height = std::min(kBand, pixels.rows - top);
    std::vector<std::vector<double>> rows =
        crossings(region, cv::Rect(window.x, window.y + top, window.width, height), scale);
    for (int y = 0; y < height; ++y) {
      std::vector<double>& row = rows[static_cast<std::size_t>(y)];
      std::sort(row.begin(), row.end());
      for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
        const int begin = first_from(row[i], pixels.cols);
        const int end = first_from(row[i + 1], pixels.cols);
        pixels.row(top + y).colRange(begin, std::max(begin, end)).setTo(255);
      }
    }
  }
  return pixels;
}

cv::Mat1b pixels_of(const std::vector<MarkedRegion>& regions, const cv::Size& size, double scale) {
  cv::Mat1b pixels(size, uchar{0});
  for (const MarkedRegion& region : regions) {
    const cv::Rect window = window_around(region, size, scale);
    if (!window.empty()) {
      pixels(window).setTo(255, pixels_of(region, window, scale));
    }
  }
  return pixels;
}

const MarkedRegion* region_around(const imaging::Box& box, const std::vector<MarkedRegion>& regions,
                                  const cv::Size& size, double scale) {
  constexpr double kLeastShare = 0.25;
  const cv::Rect place = whole_pixels(box, size);
  for (const MarkedRegion& region : regions) {
    const cv::Rect window = window_around(region, size, scale);
    const cv::Rect common = window & place;
    if (common.empty()) {
      continue;
    }
    const int shared = cv::countNonZero(pixels_of(region, common, scale));
    // The whole region is only counted where the box alone does not decide.
    if (shared >= kLeastShare * place.area() ||
        (shared > 0 && shared >= kLeastShare * cv::countNonZero(pixels_of(region, window, scale)))) {
      return &region;
    }
  }
  return nullptr;
}

std::string watched_for(const MarkedRegion* region) {
  if (region == nullptr) {
    return {};
  }
  return region->why.empty() ? "watched region" : region->why;
}

imaging::Polygon joined_rings(const MarkedRegion& region) {
  Polygon joined;
  for (const Polygon& ring : region.reference_rings) {
    const bool is_outline = joined.empty();
    const Polygon next = closed(ring, is_outline);
    joined.insert(joined.end(), next.begin(), next.end());
    if (!is_outline) {
      joined.push_back(joined.front());
    }
  }
  return joined;
}

}  // namespace boarddiff::compare
