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

#include <Eigen/Geometry>
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
  // Where this board lies on the desk: the desk's frame is that of the board which the picture is taken of.
  Eigen::Isometry2d desk_from_board = Eigen::Isometry2d::Identity();
  std::array<float, 256 * kLinearSteps> linear = make_linear_table();
};

// Light that reaches the camera, and what it comes from.
struct Shaded {
  cv::Mat3f light = {};
  cv::Mat1b what = {};
};
constexpr unsigned char kDesk = 0;
constexpr unsigned char kDeskBeside = 1;  // so near to the board that it may lie in its shadow
constexpr unsigned char kBoard = 2;

class Shader {
 public:
  Shader(const Scene& scene, const Camera& camera)
      : scene_(scene),
        camera_(camera),
        tracer_(scene.surface, scene.tops),
        ambient_(static_cast<float>(scene.light.ambient)),
        strength_(static_cast<float>(scene.light.strength)),
        lamp_width_(static_cast<float>(1 - std::cos(scene.light.softness_deg * std::numbers::pi / 180))) {}

  void shade_row(Shaded& shaded, int y) const {
    // Rays change so smoothly that every eighth is enough.
    Camera::Ray from = camera_.ray_through(Point(0, y));
    const int width = shaded.light.cols;
    for (int start = 0; start < width; start += kRayStep) {
      const Camera::Ray to = camera_.ray_through(Point(start + kRayStep, y));
      for (int x = start; x < std::min(start + kRayStep, width); ++x) {
        const double share = static_cast<double>(x - start) / kRayStep;
        const Camera::Ray ray{from.start + (to.start - from.start) * share,
                              from.slope + (to.slope - from.slope) * share};
        const Hit hit = tracer_.trace(ray);
        const bool on_board = hit.on_relief && hit.height_mm >= static_cast<float>(-0.75 * kBoardThickness_mm);
        shaded.light(y, x) = on_board ? surface_colour(ray, hit) : desk_colour(ray, hit);
        shaded.what(y, x) = on_board ? kBoard : (hit.on_relief ? kDeskBeside : kDesk);
      }
      from = to;
    }
  }

 private:
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
    const Point at_mm = scene_.desk_from_board * Point(ray.start + ray.slope * -kBoardThickness_mm);
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

Shaded shade(const BoardDesign& design, const PhotoSettings& settings, const Camera& camera,
             const Eigen::Isometry2d& desk_from_board, const Random& random) {
  Scene scene{.desk = DeskTexture(settings.desk, random.stream("desk")),
              .room = Room(Random(settings.light.room).stream("room"), settings.light.bulbs)};
  scene.surface =
      make_surface(design, kReliefDensity * settings.camera.pixels_per_mm, desk_margin_mm(design, settings.light));
  scene.tops = tile_tops(scene.surface.height_mm);
  scene.materials = make_materials(scene.surface, settings.light);
  scene.lamp = lamp_direction(settings.light).cast<float>();
  scene.lamp_colour = colour_of_lamp(settings.light.temperature_k);
  scene.light = settings.light;
  scene.desk_from_board = desk_from_board;
  const Shader shader(scene, camera);
  Shaded shaded{cv::Mat3f(settings.camera.picture_px), cv::Mat1b(settings.camera.picture_px)};
  cv::parallel_for_({0, shaded.light.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      shader.shade_row(shaded, y);
    }
  });
  return shaded;
}

// The same camera, lamp and desk in the frame of another board. The room turns with it: what its metal mirrors is
// another part of the room.
Shaded shade(const BoardBeside& beside, const BoardDesign& design, PhotoSettings settings, const Random& random) {
  const Eigen::Isometry2d desk_from_board =
      Eigen::Translation2d(beside.corner_mm) * Eigen::Rotation2Dd(beside.turned_deg * std::numbers::pi / 180);
  const Point looks_at = settings.camera.looks_at_mm.value_or(Point(design.width_mm / 2, design.depth_mm / 2));
  settings.camera.looks_at_mm = desk_from_board.inverse() * looks_at;
  settings.camera.rotation_deg += beside.turned_deg;
  settings.light.azimuth_deg -= beside.turned_deg;
  return shade(*beside.board, settings, Camera(settings.camera, {0, 0}), desk_from_board, random);
}

// What lies on the desk hides it, and its shadow falls there on top of the others'.
void lay_beside(Shaded& picture, const Shaded& other) {
  for (int y = 0; y < picture.light.rows; ++y) {
    for (int x = 0; x < picture.light.cols; ++x) {
      cv::Vec3f& here = picture.light(y, x);
      const cv::Vec3f& there = other.light(y, x);
      const unsigned char what = other.what(y, x);
      if (picture.what(y, x) == kBoard || what == kDesk) continue;
      for (int c = 0; c < 3; ++c) {
        here[c] = what == kBoard ? there[c] : std::min(here[c], there[c]);
      }
      picture.what(y, x) = std::max(picture.what(y, x), what);
    }
  }
}

}  // namespace

RenderedPicture render_photo(const BoardDesign& design, const PhotoSettings& settings, std::uint64_t seed) {
  const Random random = Random(seed).stream("photo");
  const Camera camera(settings.camera, {design.width_mm / 2, design.depth_mm / 2});
  Shaded shaded = shade(design, settings, camera, Eigen::Isometry2d::Identity(), random);
  for (const BoardBeside& beside : settings.beside) {
    lay_beside(shaded, shade(beside, design, settings, random));
  }
  return {develop(through_lens(shaded.light, settings.camera), settings, random.stream("sensor").bits()), camera};
}

}  // namespace boarddiff::datasets
