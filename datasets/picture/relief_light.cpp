// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/relief_light.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// Shadows are worked out on a grid of about 0.08 mm: penumbrae are wider than that.
int shadow_step(const Surface& surface) {
  return std::clamp(static_cast<int>(std::lround(0.08 * surface.raster.pixels_per_mm)), 1, 4);
}

double smooth_step(double low, double high, double value) {
  const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

// The steepest rise from here towards the lamp, as a tangent.
double horizon(const cv::Mat1f& height, const cv::Mat1f& tops, const cv::Point& from, const Eigen::Vector2d& way,
               double pixels_per_mm, double least) {
  const double own = height(from) + 0.02;
  double steepest = -1;
  double distance = 1.5;  // px
  while (true) {
    const int x = cvFloor(from.x + way.x() * distance + 0.5);
    const int y = cvFloor(from.y + way.y() * distance + 0.5);
    if (x < 0 || y < 0 || x >= height.cols || y >= height.rows) break;
    const double run = distance / pixels_per_mm;
    // Nothing in this tile and the next ones can rise above what counts: leap over it.
    if ((tops(y / kTile_px, x / kTile_px) - own) / run <= std::max(steepest, least)) {
      if (run * least > 12) break;
      distance += kTile_px;
      continue;
    }
    steepest = std::max(steepest, (height(y, x) - own) / run);
    distance += std::max(1.0, 0.03 * distance);
  }
  return steepest;
}

}  // namespace

Eigen::Vector3d lamp_direction(const LightSettings& light) {
  const double azimuth = radians(light.azimuth_deg);
  const double elevation = radians(light.elevation_deg);
  return {std::cos(azimuth) * std::cos(elevation), std::sin(azimuth) * std::cos(elevation), std::sin(elevation)};
}

cv::Mat1f tile_tops(const cv::Mat1f& height_mm) {
  const cv::Size tiles((height_mm.cols + kTile_px - 1) / kTile_px, (height_mm.rows + kTile_px - 1) / kTile_px);
  cv::Mat1f tops(tiles);
  for (int y = 0; y < tiles.height; ++y) {
    for (int x = 0; x < tiles.width; ++x) {
      const cv::Rect tile =
          cv::Rect(x * kTile_px, y * kTile_px, kTile_px, kTile_px) & cv::Rect(cv::Point(0, 0), height_mm.size());
      double top = 0;
      cv::minMaxLoc(height_mm(tile), nullptr, &top);
      tops(y, x) = static_cast<float>(top);
    }
  }
  cv::Mat1f around;
  cv::dilate(tops, around, cv::Mat1b(3, 3, static_cast<unsigned char>(1)), {-1, -1}, 1, cv::BORDER_REPLICATE);
  return around;
}

cv::Mat1b lamp_visibility(const Surface& surface, const LightSettings& light) {
  const int step = shadow_step(surface);
  const cv::Mat1f tops = tile_tops(surface.height_mm);
  const Eigen::Vector3d lamp = lamp_direction(light);
  const Eigen::Vector2d way = lamp.head<2>().normalized();
  const double low = std::tan(radians(std::max(2.0, light.elevation_deg - light.softness_deg)));
  const double high = std::tan(radians(std::min(88.0, light.elevation_deg + light.softness_deg)));
  cv::Mat1b coarse((surface.height_mm.rows + step - 1) / step, (surface.height_mm.cols + step - 1) / step);
  cv::parallel_for_({0, coarse.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < coarse.cols; ++x) {
        const cv::Point from(x * step, y * step);
        const double rise = horizon(surface.height_mm, tops, from, way, surface.raster.pixels_per_mm, low);
        coarse(y, x) = static_cast<unsigned char>(std::lround(255 * (1 - smooth_step(low, high, rise))));
      }
    }
  });
  cv::Mat1b visibility;
  cv::resize(coarse, visibility, surface.height_mm.size(), 0, 0, cv::INTER_LINEAR);
  return visibility;
}

cv::Mat1b openness(const Surface& surface) {
  const int step = shadow_step(surface);
  // Height of the surroundings above each place, near and far.
  const cv::Size size = surface.height_mm.size();
  const cv::Size coarse((size.width + step - 1) / step, (size.height + step - 1) / step);
  cv::Mat1f quarter;
  cv::resize(surface.height_mm, quarter, {}, 0.25, 0.25, cv::INTER_AREA);
  const double scale = surface.raster.pixels_per_mm / 4;
  const auto mean_around = [&](double reach_mm) {
    cv::Mat1f mean;
    cv::GaussianBlur(quarter, mean, {}, std::max(0.5, reach_mm * scale));
    cv::Mat1f resized;
    cv::resize(mean, resized, coarse, 0, 0, cv::INTER_LINEAR);
    return resized;
  };
  const cv::Mat1f near_mean = mean_around(0.5);
  const cv::Mat1f far_mean = mean_around(1.8);
  cv::Mat1b open(coarse);
  cv::parallel_for_({0, open.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < open.cols; ++x) {
        const float own = surface.height_mm(y * step, x * step);
        const float walls = std::max(0.0F, near_mean(y, x) - own) / 1.2F + std::max(0.0F, far_mean(y, x) - own) / 4.0F;
        open(y, x) = static_cast<unsigned char>(std::lround(255 / (1 + walls)));
      }
    }
  });
  cv::Mat1b full;
  cv::resize(open, full, size, 0, 0, cv::INTER_LINEAR);
  return full;
}

}  // namespace boarddiff::datasets
