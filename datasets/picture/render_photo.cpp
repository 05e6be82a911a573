// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/render_photo.h"

#include "datasets/picture/desk.h"
#include "datasets/picture/develop.h"
#include "datasets/picture/lens.h"
#include "datasets/picture/relief_light.h"
#include "datasets/picture/relief_tracer.h"
#include "datasets/picture/room.h"
#include "datasets/picture/surface.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using Eigen::Vector2f;
using Eigen::Vector3f;
using imaging::Point;
using imaging::Random;

// The relief has more pixels than the picture, so that its steps do not show.
constexpr double kReliefDensity = 1.25;
constexpr int kGrainSide = 256;
constexpr int kRayStep = 8;  // px
constexpr float kDentSlope = 0.05F;

// Linear light of sRGB values in eighths, so that values between two texels need no logarithm.
constexpr int kLinearSteps = 8;
std::array<float, 256 * kLinearSteps> make_linear_table() {
  std::array<float, 256 * kLinearSteps> table = {};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double value = static_cast<double>(i) / kLinearSteps / 255;
    table[i] = static_cast<float>(value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
  }
  return table;
}

// The colour of a lamp relative to daylight: warmer is redder. Powers fitted by eye to the black-body curve between
// 3000 and 8000 K, enough for what white balance leaves over.
cv::Vec3f colour_of_lamp(double temperature_k) {
  const double ratio = temperature_k / 5500;
  return {static_cast<float>(std::pow(ratio, 0.8)), 1.0F, static_cast<float>(std::pow(ratio, -0.6))};
}

// The grain of surfaces: a factor about 1, repeated every kGrainSide texels.
cv::Mat1f make_grain() {
  cv::Mat1f grain(kGrainSide, kGrainSide);
  for (int y = 0; y < kGrainSide; ++y) {
    for (int x = 0; x < kGrainSide; ++x) {
      const std::uint64_t dice = imaging::mixed(4, static_cast<std::uint64_t>(y * kGrainSide + x));
      const auto sum = static_cast<float>((dice & 255U) + ((dice >> 8U) & 255U)) / 255.0F;
      grain(y, x) = 1 + 0.05F * (sum - 1);
    }
  }
  return grain;
}

// Sheet metal and solder are never flat: slopes in x and y, repeated every kGrainSide texels.
cv::Mat2f make_dents() {
  cv::Mat1f lattice(kGrainSide / 8, kGrainSide / 8);
  for (int y = 0; y < lattice.rows; ++y) {
    for (int x = 0; x < lattice.cols; ++x) {
      lattice(y, x) =
          static_cast<float>(imaging::mixed(5, static_cast<std::uint64_t>(y * lattice.cols + x)) >> 40U) / (1 << 23) -
          1;
    }
  }
  cv::Mat1f bumps;
  cv::resize(lattice, bumps, {kGrainSide, kGrainSide}, 0, 0, cv::INTER_CUBIC);
  cv::Mat2f dents(bumps.size());
  for (int y = 0; y < dents.rows; ++y) {
    for (int x = 0; x < dents.cols; ++x) {
      const float here = bumps(y, x);
      dents(y, x) = {bumps(y, (x + 1) % kGrainSide) - here, bumps((y + 1) % kGrainSide, x) - here};
    }
  }
  return dents;
}

// How a place of the relief takes light, 0 to 1 each.
struct Material {
  float gloss = 0;
  float metal = 0;
  float lit = 0;   // share of the lamp that is seen from there
  float open = 0;  // share of the room
};

// Four maps that are always read together, side by side in memory.
cv::Mat4b make_materials(const Surface& surface, const LightSettings& light) {
  const std::array<cv::Mat, 4> maps = {surface.gloss, surface.metal, lamp_visibility(surface, light),
                                       openness(surface)};
  cv::Mat4b materials;
  cv::merge(maps.data(), maps.size(), materials);
  return materials;
}

struct Scene {
  Surface surface = {};
  cv::Mat1f tops = {};
  cv::Mat4b materials = {};
  cv::Mat1f grain = make_grain();
  cv::Mat2f dents = make_dents();
  DeskTexture desk;
  Room room;
  Vector3f lamp = Vector3f::UnitZ();
  cv::Vec3f lamp_colour = {};
  LightSettings light = {};
  std::array<float, 256 * kLinearSteps> linear = make_linear_table();
};

class Shader {
 public:
  Shader(const Scene& scene, const Camera& camera)
      : scene_(scene),
        camera_(camera),
        tracer_(scene.surface, scene.tops),
        ambient_(static_cast<float>(scene.light.ambient)),
        strength_(static_cast<float>(scene.light.strength)),
        lamp_width_(static_cast<float>(1 - std::cos(scene.light.softness_deg * std::numbers::pi / 180))) {}

  void shade_row(cv::Mat3f& light, int y) const {
    // Rays change so smoothly that every eighth is enough.
    Camera::Ray from = camera_.ray_through(Point(0, y));
    for (int start = 0; start < light.cols; start += kRayStep) {
      const Camera::Ray to = camera_.ray_through(Point(start + kRayStep, y));
      for (int x = start; x < std::min(start + kRayStep, light.cols); ++x) {
        const double share = static_cast<double>(x - start) / kRayStep;
        light(y, x) =
            colour_of({from.start + (to.start - from.start) * share, from.slope + (to.slope - from.slope) * share});
      }
      from = to;
    }
  }

 private:
  [[nodiscard]] cv::Vec3f colour_of(const Camera::Ray& ray) const {
    const Hit hit = tracer_.trace(ray);
    if (!hit.on_relief || hit.height_mm < static_cast<float>(-0.75 * kBoardThickness_mm)) return desk_colour(ray, hit);
    return surface_colour(ray, hit);
  }

  [[nodiscard]] Material material_at(const Vector2f& at) const {
    const int x = static_cast<int>(at.x());
    const int y = static_cast<int>(at.y());
    const float u = at.x() - static_cast<float>(x);
    const float v = at.y() - static_cast<float>(y);
    const cv::Vec4b* upper = scene_.materials[y] + x;
    const cv::Vec4b* lower = scene_.materials[y + 1] + x;
    const auto between = [&](int c) {
      const auto value = [c](const cv::Vec4b& texel) { return static_cast<float>(texel[c]); };
      return ((value(upper[0]) * (1 - u) + value(upper[1]) * u) * (1 - v) +
              (value(lower[0]) * (1 - u) + value(lower[1]) * u) * v) /
             255;
    };
    return {between(0), between(1), between(2), between(3)};
  }

  [[nodiscard]] cv::Vec3f linear(const cv::Vec3f& colour) const {
    cv::Vec3f light;
    for (int c = 0; c < 3; ++c) {
      light[c] = scene_.linear[static_cast<std::size_t>(colour[c] * kLinearSteps)];
    }
    return light;
  }

  [[nodiscard]] cv::Vec3f albedo_at(const Vector2f& at, bool wall) const {
    const int x = static_cast<int>(at.x());
    const int y = static_cast<int>(at.y());
    const cv::Mat3b& map = scene_.surface.colour;
    if (wall) {  // a wall has the colour of what it belongs to, the highest texel around
      cv::Point best(x, y);
      for (const cv::Point& other : {cv::Point(x + 1, y), cv::Point(x, y + 1), cv::Point(x + 1, y + 1)}) {
        if (scene_.surface.height_mm(other) > scene_.surface.height_mm(best)) best = other;
      }
      return linear(map(best));
    }
    const float u = at.x() - static_cast<float>(x);
    const float v = at.y() - static_cast<float>(y);
    const cv::Vec3b* upper = map[y] + x;
    const cv::Vec3b* lower = map[y + 1] + x;
    cv::Vec3f colour;
    for (int c = 0; c < 3; ++c) {
      const auto value = [c](const cv::Vec3b& texel) { return static_cast<float>(texel[c]); };
      colour[c] = (value(upper[0]) * (1 - u) + value(upper[1]) * u) * (1 - v) +
                  (value(lower[0]) * (1 - u) + value(lower[1]) * u) * v;
    }
    return linear(colour) * scene_.grain(y % kGrainSide, x % kGrainSide);
  }

  [[nodiscard]] cv::Vec3f desk_colour(const Camera::Ray& ray, const Hit& hit) const {
    const Point at_mm = ray.start + ray.slope * -kBoardThickness_mm;
    const Material place = hit.on_relief ? material_at(hit.at_px) : Material{0, 0, 1, 1};
    const cv::Vec3f albedo = linear(scene_.desk.colour_at(at_mm));
    const cv::Vec3f room = scene_.room.collected(Vector3f::UnitZ()) * (ambient_ * place.open);
    return albedo.mul(room + scene_.lamp_colour * (strength_ * place.lit * scene_.lamp.z()));
  }

  [[nodiscard]] cv::Vec3f surface_colour(const Camera::Ray& ray, const Hit& hit) const {
    const Material place = material_at(hit.at_px);
    const Vector2f slope = tracer_.gradient_at(hit.at_px) + dents_at(hit.at_px) * place.metal;
    const Vector3f normal = Vector3f(-slope.x(), -slope.y(), 1).normalized();
    const Vector3f view =
        Vector3f(static_cast<float>(ray.slope.x()), static_cast<float>(ray.slope.y()), 1).normalized();
    const cv::Vec3f albedo = albedo_at(hit.at_px, slope.squaredNorm() > 2.25F);
    const float lit = place.lit * strength_;
    const float towards = std::clamp(normal.dot(view), 0.0F, 1.0F);
    const Vector3f mirror = 2 * normal.dot(view) * normal - view;
    const float away = 1 - towards;
    const float grazing = away * away * away * away * away;  // Schlick
    const float dull = 1 - place.gloss;
    const cv::Vec3f shine = scene_.room.mirrored(mirror, dull) * (ambient_ * place.open) +
                            scene_.lamp_colour * (lit * lamp_mirrored(mirror, dull));
    const cv::Vec3f diffuse = scene_.room.collected(normal) * (ambient_ * place.open) +
                              scene_.lamp_colour * (lit * std::max(0.0F, normal.dot(scene_.lamp)));
    const float dielectric = (0.04F + 0.3F * grazing) * place.gloss * (1 - place.metal);
    cv::Vec3f colour;
    for (int c = 0; c < 3; ++c) {
      const float reflectance = dielectric + 0.9F * albedo[c] * place.metal;
      colour[c] = albedo[c] * (1 - 0.85F * place.metal) * diffuse[c] + reflectance * shine[c];
    }
    return colour;
  }

  [[nodiscard]] Vector2f dents_at(const Vector2f& at_px) const {
    const auto folded = [](float at) { return static_cast<int>(at) & (kGrainSide - 1); };
    const cv::Vec2f& dent = scene_.dents(folded(at_px.y()), folded(at_px.x()));
    return {kDentSlope * dent[0], kDentSlope * dent[1]};
  }

  // The lamp's own image in the direction of the mirror image, spread by the surface's roughness.
  [[nodiscard]] float lamp_mirrored(const Vector3f& mirror, float dull) const {
    const float width = lamp_width_ + 0.003F + 0.2F * dull * dull;
    const float off = 1 - mirror.dot(scene_.lamp);
    return off < 8 * width ? std::min(14.0F, 0.3F / width) * std::exp(-off / width) : 0;
  }

  const Scene& scene_;
  const Camera& camera_;
  ReliefTracer tracer_;
  float ambient_;
  float strength_;
  float lamp_width_;
};

// How far shadows and parts may reach over the desk before the relief ends.
double desk_margin_mm(const BoardDesign& design, const LightSettings& light) {
  double top = 1;
  for (const Part& part : design.parts) {
    if (part.populated) top = std::max(top, part.base_mm + shape_of(part).top_mm);
  }
  const double low = std::max(15.0, light.elevation_deg - light.softness_deg) * std::numbers::pi / 180;
  return std::clamp((top + kBoardThickness_mm) / std::tan(low), 4.0, 12.0);
}

}  // namespace

RenderedPicture render_photo(const BoardDesign& design, const PhotoSettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("photo");
  const Camera camera(settings.camera, {design.width_mm / 2, design.depth_mm / 2});
  Scene scene{.desk = DeskTexture(settings.desk, random.stream("desk")),
              .room = Room(Random(settings.light.room).stream("room"))};
  scene.surface =
      make_surface(design, kReliefDensity * settings.camera.pixels_per_mm, desk_margin_mm(design, settings.light));
  scene.tops = tile_tops(scene.surface.height_mm);
  scene.materials = make_materials(scene.surface, settings.light);
  scene.lamp = lamp_direction(settings.light).cast<float>();
  scene.lamp_colour = colour_of_lamp(settings.light.temperature_k);
  scene.light = settings.light;
  const Shader shader(scene, camera);
  cv::Mat3f light(settings.camera.picture_px);
  cv::parallel_for_({0, light.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      shader.shade_row(light, y);
    }
  });
  return {develop(through_lens(light, settings.camera), settings, random.stream("sensor").bits()), camera};
}

}  // namespace boarddiff::datasets
