// SPDX-License-Identifier: Apache-2.0
#include "datasets/render_photo.h"

#include "datasets/desk.h"
#include "datasets/develop.h"
#include "datasets/relief_light.h"
#include "datasets/surface.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;
using imaging::Point;
using imaging::Random;

constexpr double kDeskMargin_mm = 12;
// The relief has more pixels than the picture, so that its steps do not show.
constexpr double kReliefDensity = 1.25;

std::array<float, 256> make_linear_table() {
  std::array<float, 256> table = {};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double value = static_cast<double>(i) / 255;
    table[i] = static_cast<float>(value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
  }
  return table;
}

// What shines on the board besides the lamp: bright places of the room that glossy surfaces mirror.
struct Window {
  Vector3d direction = Vector3d::UnitZ();
  double width = 0.1;  // of 1 - cos
  double strength = 1;
};

struct Scene {
  Surface surface = {};
  cv::Mat1f tops = {};
  cv::Mat1b lit = {};
  cv::Mat1b open = {};
  DeskTexture desk;
  Vector3d lamp = Vector3d::UnitZ();
  std::array<Window, 4> windows = {};
  cv::Vec3f lamp_colour = {};
  LightSettings light = {};
  std::array<float, 256> linear = make_linear_table();
};

std::array<Window, 4> make_windows(Random random) {
  std::array<Window, 4> windows = {};
  for (Window& window : windows) {
    const Vector3d direction(random.normal(), random.normal(), random.uniform(0.8, 2.2));
    window = {direction.normalized(), random.uniform(0.01, 0.08), random.uniform(0.6, 3.5)};
  }
  return windows;
}

// The colour of a lamp relative to daylight: warmer is redder. Powers fitted by eye to the black-body curve between
// 3000 and 8000 K, enough for what white balance leaves over.
cv::Vec3f colour_of_lamp(double temperature_k) {
  const double ratio = temperature_k / 5500;
  return {static_cast<float>(std::pow(ratio, 0.8)), 1.0F, static_cast<float>(std::pow(ratio, -0.6))};
}

struct Hit {
  Vector2d at_px = Vector2d::Zero();  // of the relief
  double height_mm = -kBoardThickness_mm;
  bool on_relief = false;
};

class Tracer {
 public:
  Tracer(const Scene& scene, const Camera& camera) : scene_(scene), camera_(camera) {
    double top = 0;
    cv::minMaxLoc(scene.surface.height_mm, nullptr, &top);
    top_mm_ = top + 0.05;
  }

  [[nodiscard]] cv::Vec3f colour_at(const cv::Point& pixel) const {
    const Camera::Ray ray = camera_.ray_through(Point(pixel.x, pixel.y));
    const Hit hit = trace(ray);
    if (!hit.on_relief || hit.height_mm < -0.75 * kBoardThickness_mm) return desk_colour(ray, hit);
    return surface_colour(ray, hit);
  }

 private:
  [[nodiscard]] Vector2d relief_pixel(const Camera::Ray& ray, double height_mm) const {
    return scene_.surface.raster.pixel_at(ray.start + ray.slope * height_mm);
  }

  [[nodiscard]] bool within(const Vector2d& at) const {
    return at.x() >= 1 && at.y() >= 1 && at.x() < scene_.surface.height_mm.cols - 2 &&
           at.y() < scene_.surface.height_mm.rows - 2;
  }

  [[nodiscard]] double height_at(const Vector2d& at) const {
    const int x = static_cast<int>(at.x());
    const int y = static_cast<int>(at.y());
    const double u = at.x() - x;
    const double v = at.y() - y;
    const float* upper = scene_.surface.height_mm[y] + x;
    const float* lower = scene_.surface.height_mm[y + 1] + x;
    return (upper[0] * (1 - u) + upper[1] * u) * (1 - v) + (lower[0] * (1 - u) + lower[1] * u) * v;
  }

  // Down the ray until it is below the relief: leaps over empty tiles, steps of 0.7 px otherwise, then halving.
  [[nodiscard]] Hit trace(const Camera::Ray& ray) const {
    const double run_px = std::max(ray.slope.norm() * scene_.surface.raster.pixels_per_mm, 0.05);
    const double fine = std::max(0.7 / run_px, 0.01);
    const double leap = kTile_px / run_px;
    double height = top_mm_;
    double above = top_mm_;
    while (height > -kBoardThickness_mm) {
      const Vector2d at = relief_pixel(ray, height);
      if (!within(at)) {
        above = height;
        height -= leap;
        continue;
      }
      const double tile = scene_.tops(static_cast<int>(at.y()) / kTile_px, static_cast<int>(at.x()) / kTile_px);
      const double lower = std::max(tile, height - leap);
      if (height - lower > fine) {
        above = height;
        height = lower;
        continue;
      }
      if (height_at(at) >= height) return refined(ray, above, height);
      above = height;
      height -= fine;
    }
    const Vector2d at = relief_pixel(ray, -kBoardThickness_mm);
    if (!within(at)) return {at, -kBoardThickness_mm, false};
    return refined(ray, above, -kBoardThickness_mm);
  }

  [[nodiscard]] Hit refined(const Camera::Ray& ray, double above, double below) const {
    for (int i = 0; i < 4; ++i) {
      const double middle = (above + below) / 2;
      const Vector2d at = relief_pixel(ray, middle);
      (within(at) && height_at(at) >= middle ? below : above) = middle;
    }
    const Vector2d at = relief_pixel(ray, below);
    return {at, below, within(at)};
  }

  [[nodiscard]] static double sample(const cv::Mat1b& map, const Vector2d& at) {
    const int x = static_cast<int>(at.x());
    const int y = static_cast<int>(at.y());
    const double u = at.x() - x;
    const double v = at.y() - y;
    return ((map(y, x) * (1 - u) + map(y, x + 1) * u) * (1 - v) +
            (map(y + 1, x) * (1 - u) + map(y + 1, x + 1) * u) * v) /
           255;
  }

  [[nodiscard]] cv::Vec3f albedo_at(const Vector2d& at, bool wall) const {
    const int x = static_cast<int>(at.x());
    const int y = static_cast<int>(at.y());
    const cv::Mat3b& map = scene_.surface.colour;
    const auto linear = [&](int row, int column) {
      const cv::Vec3b& texel = map(row, column);
      return cv::Vec3f(scene_.linear[texel[0]], scene_.linear[texel[1]], scene_.linear[texel[2]]);
    };
    if (wall) {  // a wall has the colour of what it belongs to, the highest texel around
      cv::Point best(x, y);
      for (const cv::Point& other : {cv::Point(x + 1, y), cv::Point(x, y + 1), cv::Point(x + 1, y + 1)}) {
        if (scene_.surface.height_mm(other) > scene_.surface.height_mm(best)) best = other;
      }
      return linear(best.y, best.x);
    }
    const auto u = static_cast<float>(at.x() - x);
    const auto v = static_cast<float>(at.y() - y);
    return (linear(y, x) * (1 - u) + linear(y, x + 1) * u) * (1 - v) +
           (linear(y + 1, x) * (1 - u) + linear(y + 1, x + 1) * u) * v;
  }

  // Rise of the relief in mm per mm.
  [[nodiscard]] Vector2d gradient_at(const Vector2d& at) const {
    const double across = height_at(at + Vector2d(0.75, 0)) - height_at(at - Vector2d(0.75, 0));
    const double down = height_at(at + Vector2d(0, 0.75)) - height_at(at - Vector2d(0, 0.75));
    return Vector2d(across, down) * scene_.surface.raster.pixels_per_mm / 1.5;
  }

  [[nodiscard]] cv::Vec3f desk_colour(const Camera::Ray& ray, const Hit& hit) const {
    const Point at_mm = ray.start + ray.slope * -kBoardThickness_mm;
    const double lit = hit.on_relief ? sample(scene_.lit, hit.at_px) : 1;
    const double open = hit.on_relief ? sample(scene_.open, hit.at_px) : 1;
    const cv::Vec3b texel = scene_.desk.colour_at(at_mm);
    cv::Vec3f colour;
    for (int c = 0; c < 3; ++c) {
      const double light =
          scene_.light.ambient * open + scene_.light.strength * lit * scene_.lamp.z() * scene_.lamp_colour[c];
      colour[c] = static_cast<float>(scene_.linear[texel[c]] * light);
    }
    return colour;
  }

  [[nodiscard]] cv::Vec3f surface_colour(const Camera::Ray& ray, const Hit& hit) const {
    const Vector2d slope = gradient_at(hit.at_px);
    const Vector3d normal = Vector3d(-slope.x(), -slope.y(), 1).normalized();
    const Vector3d view = Vector3d(ray.slope.x(), ray.slope.y(), 1).normalized();
    const cv::Vec3f albedo = albedo_at(hit.at_px, slope.norm() > 1.5);
    const double gloss = sample(scene_.surface.gloss, hit.at_px);
    const double metal = sample(scene_.surface.metal, hit.at_px);
    const double lit = sample(scene_.lit, hit.at_px) * scene_.light.strength;
    const double open = sample(scene_.open, hit.at_px);
    const double facing = std::max(0.0, normal.dot(scene_.lamp));
    const Vector3d mirror = 2 * normal.dot(view) * normal - view;
    const double away = 1 - std::clamp(normal.dot(view), 0.0, 1.0);
    const double grazing = away * away * away * away * away;  // Schlick
    const double dielectric = (0.04 + 0.3 * grazing) * gloss;
    const cv::Vec2d mirrored = mirrored_light(mirror, gloss, open);
    cv::Vec3f colour;
    for (int c = 0; c < 3; ++c) {
      const double diffuse =
          albedo[c] * (1 - 0.8 * metal) * (scene_.light.ambient * open + lit * facing * scene_.lamp_colour[c]);
      const double reflectance = dielectric * (1 - metal) + 0.85 * albedo[c] * metal;
      const double shine = mirrored[0] + lit * mirrored[1] * scene_.lamp_colour[c];
      colour[c] = static_cast<float>(diffuse + reflectance * shine);
    }
    return colour;
  }

  // Light of the room, and of the lamp, in the direction of the mirror image.
  [[nodiscard]] cv::Vec2d mirrored_light(const Vector3d& mirror, double gloss, double open) const {
    const double rough = 0.004 + 0.22 * (1 - gloss) * (1 - gloss);
    double room = scene_.light.ambient * (0.25 + 0.75 * std::clamp(mirror.z(), 0.0, 1.0));
    for (const Window& window : scene_.windows) {
      const double width = window.width + rough;
      const double off = 1 - mirror.dot(window.direction);
      if (off < 6 * width) {
        room += scene_.light.ambient * window.strength * window.width / width * std::exp(-off / width);
      }
    }
    const double soft = 1 - std::cos(scene_.light.softness_deg * 3.14159265358979 / 180);
    const double width = rough + soft;
    const double off = 1 - mirror.dot(scene_.lamp);
    const double lamp = off < 8 * width ? std::min(14.0, 0.3 / width) * std::exp(-off / width) : 0;
    return {room * open, lamp};
  }

  const Scene& scene_;
  const Camera& camera_;
  double top_mm_ = 0;
};

}  // namespace

RenderedPicture render_photo(const BoardDesign& design, const PhotoSettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("photo");
  const Camera camera(settings.camera, {design.width_mm / 2, design.depth_mm / 2});
  Scene scene{.desk = DeskTexture(settings.desk, random.stream("desk"))};
  scene.surface = make_surface(design, kReliefDensity * settings.camera.pixels_per_mm, kDeskMargin_mm);
  scene.tops = tile_tops(scene.surface.height_mm);
  scene.lit = lamp_visibility(scene.surface, settings.light);
  scene.open = openness(scene.surface);
  scene.lamp = lamp_direction(settings.light);
  scene.windows = make_windows(random.stream("windows"));
  scene.lamp_colour = colour_of_lamp(settings.light.temperature_k);
  scene.light = settings.light;
  const Tracer tracer(scene, camera);
  cv::Mat3f light(settings.camera.picture_px);
  cv::parallel_for_({0, light.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < light.cols; ++x) {
        light(y, x) = tracer.colour_at({x, y});
      }
    }
  });
  cv::Mat3f blurred;
  cv::GaussianBlur(light, blurred, {}, std::max(0.3, settings.camera.defocus_px));
  return {develop(blurred, settings, random.stream("sensor").bits()), camera};
}

}  // namespace boarddiff::datasets
