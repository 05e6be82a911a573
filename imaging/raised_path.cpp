// SPDX-License-Identifier: Apache-2.0
#include "imaging/raised_path.h"

#include "imaging/base/order_statistics.h"

#include <Eigen/LU>

#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

// Places were measured where there is detail; the tallest corner of a part need not be among them.
constexpr float kTallest = 0.99F;
constexpr double kMargin = 1.3;

double farthest_of(const Registration& registration, double scale) {
  std::vector<float> lengths;
  for (const PlaceHeight& height : registration.heights) {
    const Point at = to_sample(registration.plane, height.reference);
    const double along = std::abs(height.displacement_px.dot(direction_at(registration.parallax, at)));
    if (std::isfinite(along)) {
      lengths.push_back(static_cast<float>(along / registration.scale * scale));
    }
  }
  return lengths.empty() ? 0 : kMargin * quantile(lengths, kTallest);
}

}  // namespace

RaisedPath raised_path(const Registration& registration, const cv::Size& size, double scale) {
  RaisedPath path;
  if (!registration.parallax.known) {
    return path;
  }
  path.known = true;
  path.upward_known = registration.parallax.upward_known;
  path.farthest_px = farthest_of(registration, scale);
  constexpr int kSide = RaisedPath::kSquare_px;
  path.direction = cv::Mat2f((size.height + kSide - 1) / kSide, (size.width + kSide - 1) / kSide, cv::Vec2f(0, 0));
  for (int y = 0; y < path.direction.rows; ++y) {
    for (int x = 0; x < path.direction.cols; ++x) {
      const Point in_reference = Point((x + 0.5) * kSide, (y + 0.5) * kSide) / scale;
      const Point way = direction_at(registration.parallax, to_sample(registration.plane, in_reference));
      const Point step = sample_step(registration.plane, in_reference).inverse() * way;
      // Behind the plane's horizon there is no step; nothing is compared there.
      if (step.allFinite() && step.norm() > 0) {
        const Point unit = step.normalized();
        path.direction(y, x) = {static_cast<float>(unit.x()), static_cast<float>(unit.y())};
      }
    }
  }
  return path;
}

}  // namespace boarddiff::imaging
