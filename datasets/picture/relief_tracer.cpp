// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/relief_tracer.h"

#include "datasets/picture/relief_light.h"

#include <algorithm>

namespace boarddiff::datasets {

using Eigen::Vector2f;

namespace {

constexpr auto kDesk_mm = static_cast<float>(-kBoardThickness_mm);

}  // namespace

ReliefTracer::ReliefTracer(const Surface& surface, const cv::Mat1f& tops) : surface_(surface), tops_(tops) {
  double top = 0;
  cv::minMaxLoc(surface.height_mm, nullptr, &top);
  top_mm_ = static_cast<float>(top) + 0.05F;
}

bool ReliefTracer::within(const Vector2f& at) const {
  return at.x() >= 1 && at.y() >= 1 && at.x() < static_cast<float>(surface_.height_mm.cols - 2) &&
         at.y() < static_cast<float>(surface_.height_mm.rows - 2);
}

float ReliefTracer::height_at(const Vector2f& at) const {
  const int x = static_cast<int>(at.x());
  const int y = static_cast<int>(at.y());
  const float u = at.x() - static_cast<float>(x);
  const float v = at.y() - static_cast<float>(y);
  const float* upper = surface_.height_mm[y] + x;
  const float* lower = surface_.height_mm[y + 1] + x;
  return (upper[0] * (1 - u) + upper[1] * u) * (1 - v) + (lower[0] * (1 - u) + lower[1] * u) * v;
}

Vector2f ReliefTracer::gradient_at(const Vector2f& at) const {
  const float across = height_at(at + Vector2f(0.75F, 0)) - height_at(at - Vector2f(0.75F, 0));
  const float down = height_at(at + Vector2f(0, 0.75F)) - height_at(at - Vector2f(0, 0.75F));
  return Vector2f(across, down) * static_cast<float>(surface_.raster.pixels_per_mm / 1.5);
}

// Down the ray until it is below the relief: leaps over empty tiles, steps of 0.7 px otherwise, then halving.
Hit ReliefTracer::trace(const Camera::Ray& ray) const {
  const double scale = surface_.raster.pixels_per_mm;
  const Course course{surface_.raster.pixel_at(ray.start).cast<float>(), (ray.slope * scale).cast<float>()};
  const float run_px = std::max(course.slope.norm(), 0.05F);
  const float fine = std::max(0.7F / run_px, 0.01F);
  const float leap = kTile_px / run_px;
  float height = top_mm_;
  float above = top_mm_;
  while (height > kDesk_mm) {
    const Vector2f at = course.at(height);
    if (!within(at)) {
      above = height;
      height -= leap;
      continue;
    }
    const float tile = tops_(static_cast<int>(at.y()) / kTile_px, static_cast<int>(at.x()) / kTile_px);
    const float lower = std::max(tile, height - leap);
    if (height - lower > fine) {
      above = height;
      height = lower;
      continue;
    }
    if (height_at(at) >= height) return refined(course, above, height);
    above = height;
    height -= fine;
  }
  const Vector2f at = course.at(kDesk_mm);
  if (!within(at)) return {at, kDesk_mm, false};
  return refined(course, above, kDesk_mm);
}

Hit ReliefTracer::refined(const Course& course, float above, float below) const {
  for (int i = 0; i < 4; ++i) {
    const float middle = (above + below) / 2;
    const Vector2f at = course.at(middle);
    (within(at) && height_at(at) >= middle ? below : above) = middle;
  }
  const Vector2f at = course.at(below);
  return {at, below, within(at)};
}

}  // namespace boarddiff::datasets
