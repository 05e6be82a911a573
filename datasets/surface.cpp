// SPDX-License-Identifier: Apache-2.0
#include "datasets/surface.h"

#include "datasets/board_layers.h"
#include "datasets/surface_painter.h"
#include "imaging/base/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

// Exaggerated by a half against 35 um copper, so that edges of traces under the mask catch the light as they do in
// photographs, where the mask adds its own step.
constexpr double kCopperStep_mm = 0.05;

struct MaskLook {
  cv::Vec3d bare = {};     // over laminate, sRGB
  cv::Vec3d covered = {};  // over copper
  cv::Vec3d silk = {};
};

MaskLook look_of(MaskColour colour) {
  switch (colour) {
    case MaskColour::green:
      return {{38, 62, 20}, {52, 94, 33}, {214, 220, 216}};
    case MaskColour::blue:
      return {{92, 46, 16}, {138, 78, 26}, {220, 220, 216}};
    case MaskColour::red:
      return {{26, 22, 104}, {36, 34, 150}, {216, 220, 222}};
    case MaskColour::black:
      return {{26, 25, 25}, {44, 41, 40}, {208, 212, 212}};
    case MaskColour::white:
      return {{206, 214, 214}, {222, 228, 228}, {40, 38, 38}};
  }
  return {};
}

double share(unsigned char value) { return value / 255.0; }

// Smooth noise of about unit size: random values on a lattice of `period` pixels, bilinear between them.
double lattice_noise(std::uint64_t seed, double x, double y, double period) {
  const double fx = x / period;
  const double fy = y / period;
  const auto ix = static_cast<std::uint64_t>(fx);
  const auto iy = static_cast<std::uint64_t>(fy);
  const auto value = [&](std::uint64_t u, std::uint64_t v) {
    return static_cast<double>(imaging::mixed(seed, (v << 20U) + u) >> 40U) / (1 << 24) * 2 - 1;
  };
  const double u = fx - static_cast<double>(ix);
  const double v = fy - static_cast<double>(iy);
  return (value(ix, iy) * (1 - u) + value(ix + 1, iy) * u) * (1 - v) +
         (value(ix, iy + 1) * (1 - u) + value(ix + 1, iy + 1) * u) * v;
}

struct BareTexel {
  cv::Vec3d colour = {};
  double height_mm = 0;
  double gloss = 0;
  double metal = 0;
};

void cover(BareTexel& texel, const Finish& finish, double by) {
  for (int c = 0; c < 3; ++c) {
    texel.colour[c] += (finish.colour[c] - texel.colour[c]) * by;
  }
  texel.gloss += (finish.gloss - texel.gloss) * by;
  texel.metal += (finish.metal - texel.metal) * by;
}

BareTexel bare_texel(const BoardLayers& layers, const MaskLook& look, bool gold, const cv::Point& at) {
  const Finish pad = gold ? Finish{{92, 172, 214}, 170, 215} : Finish{{180, 186, 186}, 165, 215};
  const double poured = share(layers.pour(at)) * (1 - share(layers.gap(at)));
  const double copper = std::max(poured, share(layers.copper(at)));
  const double opened = share(layers.pads(at));
  const double printed = share(layers.silk(at)) * (1 - opened);
  const double drilled = share(layers.drilled(at));
  BareTexel texel{look.bare + (look.covered - look.bare) * copper, kCopperStep_mm * std::max(copper, opened), 175, 0};
  cover(texel, pad, opened);
  const auto byte = [](double value) { return static_cast<unsigned char>(value); };
  cover(texel, {{byte(look.silk[0]), byte(look.silk[1]), byte(look.silk[2])}, 40, 0}, 0.93 * printed);
  texel.height_mm += 0.02 * printed;
  // Small vias are tented: a dimple in the mask. Open ones show a dark hole.
  const Finish dark = {{18, 22, 20}, 20, 0};
  cover(texel, dark, drilled * (opened > 0.5 ? 0.9 : 0.35));
  texel.height_mm -= drilled * (opened > 0.5 ? 0.3 : 0.06);
  return texel;
}

void paint_bare_board(Surface& surface, const BoardDesign& design) {
  const BoardLayers layers = paint_layers(design, surface.raster);
  const MaskLook look = look_of(design.mask);
  cv::Mat1b board(surface.colour.size(), static_cast<unsigned char>(0));
  press(board, polygon_stamp({surface.raster.pixel_at({0, 0}), surface.raster.pixel_at({design.width_mm, 0}),
                              surface.raster.pixel_at({design.width_mm, design.depth_mm}),
                              surface.raster.pixel_at({0, design.depth_mm})},
                             board.size()));
  cv::Mat1b bored(board.size(), static_cast<unsigned char>(0));
  for (const Disc& hole : design.holes) {
    press(bored, disc_stamp(surface.raster.pixel_at(hole.centre_mm),
                            hole.diameter_mm / 2 * surface.raster.pixels_per_mm, board.size()));
  }
  cv::parallel_for_({0, board.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < board.cols; ++x) {
        const double there = share(board(y, x)) * (1 - share(bored(y, x)));
        if (there <= 0) continue;
        const BareTexel texel = bare_texel(layers, look, design.gold_pads, {x, y});
        const double mottled = 1 + 0.05 * lattice_noise(1, x, y, 2.5 * surface.raster.pixels_per_mm) +
                               0.035 * lattice_noise(2, x, y, 0.3 * surface.raster.pixels_per_mm);
        for (int c = 0; c < 3; ++c) {
          surface.colour(y, x)[c] = cv::saturate_cast<unsigned char>(texel.colour[c] * mottled);
        }
        const double rough = 0.006 * lattice_noise(3, x, y, 0.22 * surface.raster.pixels_per_mm);
        surface.height_mm(y, x) =
            static_cast<float>(there * (texel.height_mm + rough) - (1 - there) * kBoardThickness_mm);
        surface.gloss(y, x) = cv::saturate_cast<unsigned char>(texel.gloss);
        surface.metal(y, x) = cv::saturate_cast<unsigned char>(texel.metal);
      }
    }
  });
}

Finish tinted(Finish finish, double tone) {
  const cv::Vec3d lean(1 + 0.16 * tone, 1 + 0.22 * tone, 1 + 0.27 * tone);
  for (int c = 0; c < 3; ++c) {
    finish.colour[c] = cv::saturate_cast<unsigned char>(finish.colour[c] * lean[c]);
  }
  return finish;
}

void paint_part(Surface& surface, const Part& part) {
  const PartShape shape = shape_of(part);
  for (const Solid& solid : shape.solids) {
    const Stamp stamp = solid_stamp(part, solid, surface.raster);
    lay(surface, stamp, solid.tinted ? tinted(solid.finish, part.tone) : solid.finish, 1);
    if (solid.form != Solid::Form::half_moon) raise(surface, stamp, solid.top_mm, solid.bevel_mm);
  }
  if (shape.text_width_mm <= 0 || part.marking.empty()) return;
  const double scale = surface.raster.pixels_per_mm;
  const TextPlace place{surface.raster.pixel_at(on_board(part, {0, 0})), shape.text_width_mm * scale,
                        shape.text_depth_mm * scale, part.angle_deg + part.slip_deg, 0.1};
  lay(surface, text_stamp(part.marking, place, surface.colour.size()), {shape.text_colour, 30, 0}, 0.72);
}

void paint_patch(Surface& surface, const Patch& patch) {
  Part frame;
  frame.centre_mm = patch.centre_mm;
  frame.angle_deg = patch.angle_deg;
  imaging::Polygon outline;
  for (const Point& corner :
       imaging::corners({-patch.width_mm / 2, -patch.depth_mm / 2, patch.width_mm, patch.depth_mm})) {
    outline.push_back(surface.raster.pixel_at(on_board(frame, corner)));
  }
  const Stamp stamp = polygon_stamp(outline, surface.colour.size());
  lay(surface, stamp, patch.finish, patch.opacity);
  // A label follows what is under it: it adds its thickness instead of levelling.
  for (int y = 0; y < stamp.cover.rows; ++y) {
    for (int x = 0; x < stamp.cover.cols; ++x) {
      surface.height_mm(stamp.window.tl() + cv::Point(x, y)) +=
          static_cast<float>(patch.thickness_mm * share(stamp.cover(y, x)));
    }
  }
  const double scale = surface.raster.pixels_per_mm;
  const TextPlace place{surface.raster.pixel_at(patch.centre_mm), 0.85 * patch.width_mm * scale,
                        0.7 * patch.depth_mm * scale, patch.angle_deg, 0.12};
  lay(surface, text_stamp(patch.text, place, surface.colour.size()), {{30, 28, 28}, 30, 0}, 0.9);
}

// Every surface has a grain.
void add_grain(Surface& surface) {
  cv::parallel_for_({0, surface.colour.rows}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < surface.colour.cols; ++x) {
        const std::uint64_t dice =
            imaging::mixed(4, (static_cast<std::uint64_t>(y) << 20U) + static_cast<std::uint64_t>(x));
        const double grain =
            1 + 0.07 * (static_cast<double>(dice & 255U) / 255 + static_cast<double>((dice >> 8U) & 255U) / 255 - 1);
        cv::Vec3b& colour = surface.colour(y, x);
        for (int c = 0; c < 3; ++c) {
          colour[c] = cv::saturate_cast<unsigned char>(colour[c] * grain);
        }
      }
    }
  });
}

}  // namespace

Surface make_surface(const BoardDesign& design, double pixels_per_mm, double margin_mm) {
  Surface surface;
  surface.raster = raster_of(design, pixels_per_mm, margin_mm);
  const cv::Size size = surface.raster.size;
  surface.colour = cv::Mat3b(size, cv::Vec3b(120, 120, 120));
  surface.height_mm = cv::Mat1f(size, static_cast<float>(-kBoardThickness_mm));
  surface.gloss = cv::Mat1b(size, static_cast<unsigned char>(20));
  surface.metal = cv::Mat1b(size, static_cast<unsigned char>(0));
  paint_bare_board(surface, design);
  for (const Part& part : design.parts) {
    if (part.populated) paint_part(surface, part);
  }
  for (const Patch& patch : design.patches) {
    paint_patch(surface, patch);
  }
  add_grain(surface);
  return surface;
}

}  // namespace boarddiff::datasets
