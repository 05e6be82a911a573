// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/surface.h"

#include "datasets/picture/bare_board.h"
#include "datasets/picture/surface_extras.h"
#include "datasets/picture/surface_painter.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

Finish tinted(Finish finish, double tone) {
  const cv::Vec3d lean(1 + 0.16 * tone, 1 + 0.22 * tone, 1 + 0.27 * tone);
  for (int c = 0; c < 3; ++c) {
    finish.colour[c] = cv::saturate_cast<unsigned char>(finish.colour[c] * lean[c]);
  }
  return finish;
}

Finish brighter(Finish finish, double levels) {
  for (int c = 0; c < 3; ++c) {
    finish.colour[c] = cv::saturate_cast<unsigned char>(finish.colour[c] + levels);
  }
  return finish;
}

Finish finish_of(const Solid& solid, const Part& part, const Finish& mask) {
  if (part.painted_levels) return brighter(mask, *part.painted_levels);
  return solid.tinted ? tinted(solid.finish, part.tone) : solid.finish;
}

void paint_part(Surface& surface, const Part& part, const Finish& mask) {
  const PartShape shape = shape_of(part);
  for (const Solid& solid : shape.solids) {
    const Stamp stamp = solid_stamp(part, solid, surface.raster);
    lay(surface, stamp, finish_of(solid, part, mask), 1);
    if (solid.top_mm > 0 && solid.form != Solid::Form::half_moon) {
      raise(surface, stamp, part.base_mm + solid.top_mm, solid.bevel_mm);
    }
  }
  if (shape.text_width_mm <= 0 || part.marking.empty()) return;
  const double scale = surface.raster.pixels_per_mm;
  const TextPlace place{surface.raster.pixel_at(on_board(part, {0, 0})), shape.text_width_mm * scale,
                        shape.text_depth_mm * scale, part.angle_deg + part.slip_deg, 0.1};
  lay(surface, text_stamp(part.marking, place, surface.colour.size()), {shape.text_colour, 30, 0}, 0.72);
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
  const Finish mask = mask_finish(design);
  for (const Part& part : design.parts) {
    // What is inside the board is not seen.
    if (part.populated && part.base_mm >= 0) paint_part(surface, part, mask);
  }
  for (const Patch& patch : design.patches) {
    paint_patch(surface, patch);
  }
  for (const Wire& wire : design.wires) {
    paint_wire(surface, wire);
  }
  return surface;
}

}  // namespace boarddiff::datasets
