// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/room.h"

#include <Eigen/Geometry>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace boarddiff::datasets {
namespace {

using Eigen::Vector3f;
using imaging::Random;

constexpr int kSide = 128;
// Deviation of the blur of each level, in pixels of the map; half its side stands for 90 degrees.
constexpr std::array<double, 4> kBlur_px = {1.0, 4.0, 10.0, 24.0};

// A bright rectangle in the room.
struct Panel {
  Vector3f middle = Vector3f::UnitZ();
  Vector3f along = Vector3f::UnitX();
  float half_length = 0.2F;  // tangents
  float half_width = 0.1F;
  cv::Vec3f light = {};

  [[nodiscard]] bool holds(const Vector3f& direction) const {
    const float towards = direction.dot(middle);
    if (towards <= 0.05F) return false;
    const Vector3f at = direction / towards;
    const Vector3f across = middle.cross(along);
    return std::abs(at.dot(along)) < half_length && std::abs(at.dot(across)) < half_width;
  }
};

Panel panel_towards(double azimuth, double elevation, Random& random) {
  Panel panel;
  panel.middle =
      Vector3f(static_cast<float>(std::cos(azimuth) * std::cos(elevation)),
               static_cast<float>(std::sin(azimuth) * std::cos(elevation)), static_cast<float>(std::sin(elevation)));
  const double turn = random.uniform(0, std::numbers::pi);
  const Vector3f any(static_cast<float>(std::cos(turn)), static_cast<float>(std::sin(turn)), 0);
  panel.along = (any - panel.middle * any.dot(panel.middle)).normalized();
  return panel;
}

// Lamps without a shade: small, and so bright that even varnish mirrors them white.
void add_bulbs(std::vector<Panel>& panels, Random random) {
  const int bulbs = random.integer(0, 2);
  for (int i = 0; i < bulbs; ++i) {
    Panel bulb = panel_towards(random.uniform(0, 2 * std::numbers::pi), random.uniform(1.05, 1.5), random);
    bulb.half_length = static_cast<float>(random.uniform(0.03, 0.07));
    bulb.half_width = bulb.half_length;
    const auto bright = static_cast<float>(random.uniform(40, 120));
    bulb.light = {bright * 0.9F, bright, bright * 1.05F};
    panels.push_back(bulb);
  }
}

// Ceiling lights high up, now and then a window low down.
std::vector<Panel> make_panels(Random random) {
  std::vector<Panel> panels;
  const int lights = random.integer(2, 4);
  for (int i = 0; i < lights; ++i) {
    Panel panel = panel_towards(random.uniform(0, 2 * std::numbers::pi), random.uniform(0.75, 1.35), random);
    panel.half_length = static_cast<float>(random.uniform(0.15, 0.5));
    panel.half_width = static_cast<float>(random.uniform(0.04, 0.14));
    const auto bright = static_cast<float>(random.uniform(4, 11));
    panel.light = {bright * 0.97F, bright, bright * 1.02F};
    panels.push_back(panel);
  }
  if (random.chance(0.6)) {
    Panel window = panel_towards(random.uniform(0, 2 * std::numbers::pi), random.uniform(0.25, 0.6), random);
    window.half_length = static_cast<float>(random.uniform(0.3, 0.6));
    window.half_width = static_cast<float>(random.uniform(0.25, 0.45));
    const auto bright = static_cast<float>(random.uniform(3, 8));
    window.light = {bright * 1.12F, bright, bright * 0.9F};
    panels.push_back(window);
  }
  return panels;
}

// Of the point (u, v) of a map; nothing outside the disc.
Vector3f direction_at(float u, float v) {
  const float square = u * u + v * v;
  return Vector3f(2 * u, 2 * v, 1 - square) / (1 + square);
}

cv::Mat3f paint(const std::vector<Panel>& panels, const Vector3f& holder, float holder_size) {
  cv::Mat3f map(kSide, kSide);
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const float half = kSide / 2.0F;
      const Vector3f direction =
          direction_at((static_cast<float>(x) + 0.5F) / half - 1, (static_cast<float>(y) + 0.5F) / half - 1);
      // A pale ceiling, darker walls.
      const float high = std::clamp(direction.z(), 0.0F, 1.0F);
      const float base = 0.22F + 0.75F * high * high;
      cv::Vec3f light(base * 0.96F, base, base * 1.03F);
      for (const Panel& panel : panels) {
        if (panel.holds(direction)) light = panel.light;
      }
      // Camera, hands and head hang over the board.
      const float off = std::acos(std::clamp(direction.dot(holder), -1.0F, 1.0F));
      const float shade = std::clamp((off - holder_size) / (0.5F * holder_size), 0.0F, 1.0F);
      map(y, x) = light * (0.18F + 0.82F * shade);
    }
  }
  return map;
}

cv::Mat3f collect(const cv::Mat3f& sharp) {
  constexpr int kCoarse = 16;
  cv::Mat3f source;
  cv::resize(sharp, source, {kCoarse, kCoarse}, 0, 0, cv::INTER_AREA);
  const auto direction = [](int x, int y) {
    return direction_at((static_cast<float>(x) + 0.5F) / 8 - 1, (static_cast<float>(y) + 0.5F) / 8 - 1);
  };
  cv::Mat3f result(kCoarse, kCoarse);
  for (int y = 0; y < kCoarse; ++y) {
    for (int x = 0; x < kCoarse; ++x) {
      const Vector3f normal = direction(x, y);
      cv::Vec3f sum(0, 0, 0);
      float weights = 0;
      for (int v = 0; v < kCoarse; ++v) {
        for (int u = 0; u < kCoarse; ++u) {
          const Vector3f from = direction(u, v);
          if (from.z() <= 0) continue;
          const float share = (1 + from.z()) * (1 + from.z());  // solid angle of a map's pixel, up to a factor
          weights += share * from.z();
          sum += source(v, u) * (share * std::max(0.0F, normal.dot(from)));
        }
      }
      result(y, x) = sum / weights;
    }
  }
  cv::Mat3f smooth;
  cv::resize(result, smooth, {kSide, kSide}, 0, 0, cv::INTER_CUBIC);
  return smooth;
}

cv::Vec3f sampled(const cv::Mat3f& map, const Vector3f& direction) {
  // What comes from below the horizon is the horizon's.
  const float z = std::max(direction.z(), 0.0F);
  const float scale = (kSide / 2.0F - 1.5F) / (1 + z);
  const float x = direction.x() * scale + kSide / 2.0F - 0.5F;
  const float y = direction.y() * scale + kSide / 2.0F - 0.5F;
  const int column = static_cast<int>(x);
  const int row = static_cast<int>(y);
  const float u = x - static_cast<float>(column);
  const float v = y - static_cast<float>(row);
  const cv::Vec3f* upper = map[row] + column;
  const cv::Vec3f* lower = map[row + 1] + column;
  return (upper[0] * (1 - u) + upper[1] * u) * (1 - v) + (lower[0] * (1 - u) + lower[1] * u) * v;
}

}  // namespace

Room::Room(Random random, bool bulbs) {
  std::vector<Panel> panels = make_panels(random.stream("panels"));
  if (bulbs) add_bulbs(panels, random.stream("panels").stream("bulbs"));
  Random where = random.stream("holder");
  const Vector3f holder =
      Vector3f(static_cast<float>(where.uniform(-0.25, 0.25)), static_cast<float>(where.uniform(-0.1, 0.35)), 1)
          .normalized();
  const cv::Mat3f sharp = paint(panels, holder, static_cast<float>(where.uniform(0.2, 0.45)));
  const cv::Mat3f gathered = collect(sharp);
  const cv::Vec3f level = gathered(kSide / 2, kSide / 2);
  const float scale = 3 / (level[0] + level[1] + level[2]);
  for (std::size_t i = 0; i < kBlur_px.size(); ++i) {
    cv::GaussianBlur(sharp * scale, levels_[i], {}, kBlur_px[i], 0, cv::BORDER_REPLICATE);
  }
  levels_.back() = gathered * scale;
}

cv::Vec3f Room::mirrored(const Vector3f& direction, float roughness) const {
  const float level = std::clamp(roughness, 0.0F, 0.999F) * static_cast<float>(kBlur_px.size() - 1);
  const auto lower = static_cast<std::size_t>(level);
  const float share = level - static_cast<float>(lower);
  return sampled(levels_[lower], direction) * (1 - share) + sampled(levels_[lower + 1], direction) * share;
}

cv::Vec3f Room::collected(const Vector3f& normal) const { return sampled(levels_.back(), normal); }

}  // namespace boarddiff::datasets
