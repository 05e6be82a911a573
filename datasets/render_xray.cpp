// SPDX-License-Identifier: Apache-2.0
#include "datasets/render_xray.h"

#include "datasets/board_layers.h"
#include "datasets/surface_painter.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

constexpr double kMargin_mm = 3;

// Attenuations, natural logarithm, at about 80 kV: 1.6 mm of laminate, 35 um of copper, a solder joint.
constexpr float kLaminate = 0.22F;
constexpr float kPour = 0.05F;
constexpr float kTrace = 0.10F;
constexpr float kPad = 0.08F;
constexpr float kBarrel = 0.30F;
constexpr float kJoint = 0.45F;

// What lies at one height, projected as a whole.
struct Slice {
  double height_mm = 0;
  cv::Mat1f attenuation = {};
};

void add_layer(cv::Mat attenuation, const cv::Mat1b& layer, double value) {
  cv::Mat1f share;
  layer.convertTo(share, CV_32F, value / 255);
  attenuation += share;
}

void add(const cv::Mat1f& attenuation, const Stamp& stamp, double value) {
  if (!stamp.window.empty() && value != 0) add_layer(attenuation(stamp.window), stamp.cover, value);
}

Stamp pad_stamp(const Part& part, const Pad& pad, const Raster& raster) {
  const Part seated{.centre_mm = part.centre_mm, .angle_deg = part.angle_deg};
  Solid joint;
  joint.form = pad.round ? Solid::Form::cylinder : Solid::Form::box;
  joint.centre_mm = pad.centre_mm;
  joint.width_mm = pad.width_mm;
  joint.depth_mm = pad.depth_mm;
  return solid_stamp(seated, joint, raster);
}

Slice board_slice(const BoardDesign& design, const Raster& raster) {
  Slice slice{-0.8, cv::Mat1f(raster.size, 0.0F)};
  const Point far(design.width_mm, design.depth_mm);
  add(slice.attenuation,
      polygon_stamp(
          {raster.pixel_at({0, 0}), raster.pixel_at({far.x(), 0}), raster.pixel_at(far), raster.pixel_at({0, far.y()})},
          raster.size),
      kLaminate);
  const BoardLayers layers = paint_layers(design, raster);
  cv::Mat1b poured;
  cv::subtract(layers.pour, layers.gap, poured);
  add_layer(slice.attenuation, poured, kPour);
  add_layer(slice.attenuation, layers.copper, kTrace);
  add_layer(slice.attenuation, layers.pads, kPad);
  for (const Disc& via : design.vias) {
    const Point centre = raster.pixel_at(via.centre_mm);
    add(slice.attenuation, disc_stamp(centre, 0.5 * via.diameter_mm * raster.pixels_per_mm, raster.size), kBarrel);
    add(slice.attenuation, disc_stamp(centre, 0.25 * via.diameter_mm * raster.pixels_per_mm, raster.size), -kBarrel);
  }
  for (const Disc& hole : design.holes) {
    add(slice.attenuation,
        disc_stamp(raster.pixel_at(hole.centre_mm), 0.5 * hole.diameter_mm * raster.pixels_per_mm, raster.size),
        -kLaminate);
  }
  return slice;
}

void add_part(const Part& part, const Raster& raster, std::array<Slice, 4>& slices) {
  const PartShape shape = shape_of(part);
  for (const Pad& pad : shape.pads) {
    if (part.has_footprint && !pad.round) add(slices[0].attenuation, pad_stamp(part, pad, raster), kJoint);
  }
  for (const std::vector<Solid>* solids : {&shape.solids, &shape.inner}) {
    for (const Solid& solid : *solids) {
      Slice& slice = solid.top_mm < 1.2 ? slices[1] : (solid.top_mm < 4 ? slices[2] : slices[3]);
      add(slice.attenuation, solid_stamp(part, solid, raster), solid.xray);
    }
  }
}

std::array<Slice, 4> make_slices(const BoardDesign& design, const Raster& raster) {
  std::array<Slice, 4> slices = {board_slice(design, raster), Slice{0.4, cv::Mat1f(raster.size, 0.0F)},
                                 Slice{1.2, cv::Mat1f(raster.size, 0.0F)}, Slice{3.5, cv::Mat1f(raster.size, 0.0F)}};
  for (const Part& part : design.parts) {
    if (part.populated) add_part(part, raster, slices);
  }
  return slices;
}

float sampled(const cv::Mat1f& map, const Point& at) {
  if (at.x() < 0 || at.y() < 0 || at.x() >= map.cols - 1 || at.y() >= map.rows - 1) return 0;
  const int x = static_cast<int>(at.x());
  const int y = static_cast<int>(at.y());
  const auto u = static_cast<float>(at.x() - x);
  const auto v = static_cast<float>(at.y() - y);
  return (map(y, x) * (1 - u) + map(y, x + 1) * u) * (1 - v) + (map(y + 1, x) * (1 - u) + map(y + 1, x + 1) * u) * v;
}

}  // namespace

RenderedPicture render_xray(const BoardDesign& design, const XraySettings& settings, std::uint64_t seed) {
  Random random = Random(seed).stream("xray");
  const Camera camera(settings.camera, {design.width_mm / 2, design.depth_mm / 2});
  const Raster raster = raster_of(design, settings.camera.pixels_per_mm, kMargin_mm);
  const std::array<Slice, 4> slices = make_slices(design, raster);
  const cv::Size size = settings.camera.picture_px;
  const Point brightest(random.uniform(0.3, 0.7) * size.width, random.uniform(0.3, 0.7) * size.height);
  const double half_diagonal = std::hypot(size.width, size.height) / 2;

  cv::Mat1f beam(size);
  cv::parallel_for_({0, size.height}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const Camera::Ray ray = camera.ray_through(Point(x, y));
        float through = 0;
        for (const Slice& slice : slices) {
          through += sampled(slice.attenuation, raster.pixel_at(ray.start + ray.slope * slice.height_mm));
        }
        const double off = (Point(x, y) - brightest).squaredNorm() / (half_diagonal * half_diagonal);
        const double open = settings.brightness * (1 - settings.shading * off);
        beam(y, x) = static_cast<float>(open * std::exp(-through / settings.hardness));
      }
    }
  });
  cv::Mat1f blurred;
  cv::GaussianBlur(beam, blurred, {}, std::max(0.3, settings.camera.defocus_px));

  const std::uint64_t detector = random.bits();
  cv::Mat1w pixels(size);
  cv::parallel_for_({0, size.height}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      Random noise(imaging::mixed(detector, static_cast<std::uint64_t>(y)));
      for (int x = 0; x < size.width; ++x) {
        // Photons are counted: the noise grows with the root of the signal.
        const double level = blurred(y, x);
        const double grain = settings.camera.noise * std::sqrt(std::max(level, 0.0)) * noise.normal();
        pixels(y, x) = cv::saturate_cast<ushort>(65535 * (level + grain));
      }
    }
  });
  return {pixels, camera};
}

}  // namespace boarddiff::datasets
