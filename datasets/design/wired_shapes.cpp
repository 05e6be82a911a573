// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/wired_shapes.h"

#include "datasets/design/shape_pieces.h"

#include <array>

namespace boarddiff::datasets {
namespace {

using Form = Solid::Form;

// The ends are thicker than the middle; four rings of colour, as values draw them.
void add_rings(PartShape& shape, const AxialBody& body) {
  for (const double side : {-1.0, 1.0}) {
    Solid end = bead(side * 0.38 * body.length, 0, 0.25 * body.length, 1.13 * body.thickness, 1.09 * body.thickness,
                     {{150, 196, 214}, 90, 0});
    end.tinted = true;
    shape.solids.push_back(end);
  }
  const std::array<cv::Vec3b, 4> rings = {{{40, 70, 110}, {30, 30, 32}, {40, 60, 200}, {60, 150, 190}}};
  const std::array<double, 4> at = {-0.365, -0.16, 0.0, 0.365};
  for (std::size_t i = 0; i < rings.size(); ++i) {
    shape.solids.push_back(mark(at[i] * body.length, 0, 0.08 * body.length, 1.04 * body.thickness, {rings[i], 90, 0}));
  }
}

}  // namespace

void add_axial_body(PartShape& shape, const AxialBody& body) {
  for (const double side : {-1.0, 1.0}) {
    shape.solids.push_back(
        bead(side * (body.reach + body.length / 2) / 2, 0, body.reach - body.length / 2 + 0.5, 0.55, 1.3, kPin));
  }
  const bool resistor = shape.letter == 'R';
  const bool capacitor = shape.letter == 'C';
  const Finish skin = resistor    ? Finish{{150, 196, 214}, 90, 0}
                      : capacitor ? Finish{{52, 34, 30}, 110, 0}
                                  : Finish{{34, 33, 34}, 80, 0};
  Solid middle = bead(0, 0, body.length, body.thickness, body.thickness, skin);
  middle.tinted = true;
  if (capacitor) middle.xray = 0.8;
  shape.solids.push_back(middle);
  if (resistor) add_rings(shape, body);
  if (shape.letter == 'D') {
    const double at = body.bar_left ? -0.31 : 0.31;
    shape.solids.push_back(
        mark(at * body.length, 0, 0.15 * body.length, 0.92 * body.thickness, {{196, 200, 200}, 70, 0}));
  }
}

void add_sleeved_can(PartShape& shape, double diameter, double top) {
  Solid sleeve = cylinder(0, 0, diameter, top, {{52, 34, 30}, 110, 0});
  sleeve.bevel_mm = 0.4;
  sleeve.xray = 0.8;
  sleeve.tinted = true;
  shape.solids.push_back(sleeve);
  // The stripe runs down at the negative wire.
  Solid stripe = cylinder(0, 0, diameter, 0, {{170, 168, 160}, 80, 0});
  stripe.form = Form::half_moon;
  shape.solids.push_back(stripe);
  Solid lid = cylinder(0, 0, 0.82 * diameter, top, kAluminium);
  lid.xray = 0;
  shape.solids.push_back(lid);
  // The vent: a cross pressed into the lid.
  const Finish groove = {{128, 130, 130}, 80, 160};
  shape.solids.push_back(mark(0, 0, 0.6 * diameter, 0.25, groove));
  shape.solids.push_back(mark(0, 0, 0.25, 0.6 * diameter, groove));
}

void add_led_lens(PartShape& shape, double diameter) {
  const Finish red = {{44, 40, 196}, 210, 0};
  shape.solids.push_back(cylinder(0, 0, diameter, 1.2, red));
  Solid lens = cylinder(0, 0, 0.86 * diameter, 8.6, red);
  lens.bevel_mm = 0.43 * diameter;
  lens.tinted = true;
  shape.solids.push_back(lens);
}

PartShape dip(int pins) {
  PartShape shape;
  const int row = pins / 2;
  const double length = row * 2.54 - 0.3;
  for (int i = 0; i < row; ++i) {
    const double x = (i - (row - 1) / 2.0) * 2.54;
    for (const double side : {-1.0, 1.0}) {
      shape.pads.push_back({{x, side * 3.81}, 1.6, 1.6, true});
      shape.solids.push_back(cylinder(x, side * 3.81, 1.2, 0.3, kSolder));
      shape.solids.push_back(box(x, side * 3.7, 0.5, 0.9, 1.9, kPin));
      shape.solids.push_back(box(x, side * 3.4, 1.3, 0.5, 2.1, kPin));
    }
  }
  Solid body = box(0, 0, length, 6.4, 3.6, kMould);
  body.bevel_mm = 0.35;
  body.tinted = true;
  body.xray = 0.25;
  shape.solids.push_back(body);
  Solid notch = cylinder(-length / 2 + 0.3, 0, 1.8, 0, {{20, 19, 19}, 40, 0});
  notch.xray = 0;
  shape.solids.push_back(notch);
  Solid die = box(0, 0, 2.2, 2.2, 1.8, kMould);
  die.xray = 0.25;
  shape.inner.push_back(die);
  set_text(shape, 0.8 * length, 4.2, {186, 190, 190});
  return shape;
}

PartShape axial_resistor() {
  PartShape shape;
  shape.letter = 'R';
  add_wire_end(shape, -5.08, 0, 0.6);
  add_wire_end(shape, 5.08, 0, 0.6);
  add_axial_body(shape, {.reach = 5.08, .length = 6.3, .thickness = 2.3});
  return shape;
}

PartShape axial_diode() {
  PartShape shape;
  shape.letter = 'D';
  add_wire_end(shape, -5.08, 0, 0.6);
  add_wire_end(shape, 5.08, 0, 0.6);
  add_axial_body(shape, {.reach = 5.08, .length = 4.8, .thickness = 2.4});
  return shape;
}

PartShape disc_capacitor() {
  PartShape shape;
  shape.letter = 'C';
  add_wire_end(shape, -2.54, 0, 0.6);
  add_wire_end(shape, 2.54, 0, 0.6);
  Solid body = bead(0, 0, 6.4, 2.6, 6.2, {{52, 128, 204}, 110, 0});
  body.bevel_mm = 1.3;
  body.tinted = true;
  shape.solids.push_back(body);
  set_text(shape, 3.2, 1.1, {30, 34, 50});
  return shape;
}

PartShape radial_electrolytic(double diameter, double top) {
  PartShape shape;
  shape.letter = 'C';
  add_wire_end(shape, -diameter / 4, 0, 0.6);
  add_wire_end(shape, diameter / 4, 0, 0.6);
  add_sleeved_can(shape, diameter, top);
  return shape;
}

PartShape film_capacitor() {
  PartShape shape;
  shape.letter = 'C';
  add_wire_end(shape, -5, 0, 0.8);
  add_wire_end(shape, 5, 0, 0.8);
  Solid body = box(0, 0, 13, 6, 11, {{54, 60, 176}, 130, 0});
  body.bevel_mm = 0.6;
  body.tinted = true;
  shape.solids.push_back(body);
  set_text(shape, 8, 3, {210, 214, 214});
  return shape;
}

PartShape to92() {
  PartShape shape;
  shape.letter = 'Q';
  for (const double x : {-1.27, 0.0, 1.27}) {
    shape.pads.push_back({{x, 0}, 1.1, 1.5, true});
  }
  Solid body = cylinder(0, 0, 4.8, 6.5, kMould);
  body.bevel_mm = 0.3;
  shape.solids.push_back(body);
  // The flat face.
  shape.solids.push_back(mark(0, 1.9, 4.0, 1.0, {{58, 56, 56}, 60, 0}));
  set_text(shape, 3.2, 1.8, {168, 172, 172});
  return shape;
}

PartShape to220() {
  PartShape shape;
  shape.letter = 'Q';
  for (const double x : {-2.54, 0.0, 2.54}) {
    add_wire_end(shape, x, 12, 0.9);
    shape.solids.push_back(box(x, 9.2, 0.9, 6.0, 2.6, kPin));
  }
  // Lying on its tab, screwed down.
  shape.solids.push_back(box(0, -5.2, 10.2, 7.0, 1.3, kTin));
  Solid body = box(0, 2.2, 10.2, 9.0, 4.5, kMould);
  body.bevel_mm = 0.4;
  body.tinted = true;
  shape.solids.push_back(body);
  Solid screw = cylinder(0, -5.8, 5.5, 3.2, kSteel);
  screw.bevel_mm = 0.8;
  shape.solids.push_back(screw);
  shape.solids.push_back(mark(0, -5.8, 4.2, 0.7, {{70, 72, 72}, 60, 120}));
  set_text(shape, 7.5, 3.6, {176, 180, 180});
  return shape;
}

PartShape screw_terminal(int ways) {
  PartShape shape;
  shape.letter = 'J';
  const double pitch = 5.08;
  const Finish green = {{84, 122, 32}, 80, 0};
  for (int i = 0; i < ways; ++i) {
    const double x = (i - (ways - 1) / 2.0) * pitch;
    shape.pads.push_back({{x, 0}, 2.4, 2.4, true});
    shape.solids.push_back(box(x, 0, pitch, 8.2, 10, green));
    shape.solids.push_back(box(x, 2.9, 3.6, 2.2, 6, green));
    shape.solids.push_back(cylinder(x, -0.6, 4.0, 10, {{30, 52, 18}, 40, 0}));
    shape.solids.push_back(cylinder(x, -0.6, 3.4, 10.05, kSteel));
    shape.solids.push_back(mark(x, -0.6, 2.8, 0.6, {{60, 62, 62}, 50, 120}));
  }
  return shape;
}

PartShape relay() {
  PartShape shape;
  shape.letter = 'K';
  for (const double x : {-6.0, 6.0}) {
    for (const double y : {-5.0, 5.0}) {
      shape.pads.push_back({{x, y}, 2.2, 2.2, true});
    }
  }
  Solid body = box(0, 0, 19, 15.2, 15, {{150, 92, 34}, 150, 0});
  body.bevel_mm = 0.8;
  body.tinted = true;
  body.xray = 1.1;
  shape.solids.push_back(body);
  set_text(shape, 15, 6, {226, 226, 222});
  return shape;
}

PartShape trimmer() {
  PartShape shape;
  shape.letter = 'R';
  for (const double x : {-2.54, 0.0, 2.54}) {
    shape.pads.push_back({{x, x == 0 ? 2.54 : -2.0}, 1.5, 1.5, true});
  }
  shape.solids.push_back(box(0, 0, 6.6, 6.8, 4.4, {{176, 86, 30}, 120, 0}));
  shape.solids.push_back(cylinder(0, 0, 4.6, 4.8, {{206, 214, 214}, 90, 0}));
  shape.solids.push_back(mark(0, 0, 3.6, 0.7, {{70, 72, 72}, 30, 0}));
  shape.solids.push_back(mark(0, 0, 0.7, 3.6, {{70, 72, 72}, 30, 0}));
  return shape;
}

PartShape led5() {
  PartShape shape;
  shape.letter = 'D';
  add_wire_end(shape, -1.27, 0, 0.6);
  add_wire_end(shape, 1.27, 0, 0.6);
  add_led_lens(shape, 5.8);
  return shape;
}

}  // namespace boarddiff::datasets
