// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/housing_shapes.h"

#include "datasets/design/circuit_shapes.h"
#include "datasets/design/shape_pieces.h"

#include <cmath>

namespace boarddiff::datasets {

using Form = Solid::Form;

PartShape heat_sink(double side, double top) {
  PartShape shape = bga(0.8 * side, false);
  const Finish anodised = side > 30 ? kAluminium : Finish{{44, 42, 42}, 90, 90};
  Solid base = box(0, 0, side, side, 3.2, anodised);
  base.xray = 0.5;
  shape.solids.push_back(base);
  const double pitch = 2.6;
  const int fins = static_cast<int>(side / pitch);
  for (int i = 0; i < fins; ++i) {
    const double x = (i - (fins - 1) / 2.0) * pitch;
    // Cut across in two places, as pin fins are.
    for (const double y : {-0.34, 0.0, 0.34}) {
      Solid fin = box(x, y * side, 1.1, 0.3 * side, top, anodised);
      fin.bevel_mm = 0.15;
      fin.xray = 0.5;
      shape.solids.push_back(fin);
    }
  }
  shape.text_width_mm = 0;
  return shape;
}

PartShape network_socket(int ways) {
  PartShape shape;
  shape.letter = 'J';
  const double pitch = 14.2;
  const double width = ways * pitch + 1.6;
  for (int i = 0; i < ways; ++i) {
    const double x = (i - (ways - 1) / 2.0) * pitch;
    for (int pin = 0; pin < 8; ++pin) {
      shape.pads.push_back({{x + (pin - 3.5) * 1.27, -8.6 - (pin % 2) * 2.2}, 1.5, 1.5, true});
    }
  }
  Solid can = box(0, 0, width, 15.5, 13.4, kSteel);
  can.bevel_mm = 0.25;
  shape.solids.push_back(can);
  for (int i = 0; i < ways; ++i) {
    const double x = (i - (ways - 1) / 2.0) * pitch;
    // Springs of the shield, cut out of the sheet.
    for (const double spring : {-3.2, 3.2}) {
      shape.solids.push_back(mark(x + spring, 3.5, 2.4, 0.25, {{70, 72, 72}, 60, 120}));
      shape.solids.push_back(mark(x + spring - 1.2, 5.2, 0.25, 3.4, {{70, 72, 72}, 60, 120}));
      shape.solids.push_back(mark(x + spring + 1.2, 5.2, 0.25, 3.4, {{70, 72, 72}, 60, 120}));
    }
    if (i > 0) shape.solids.push_back(mark(x - pitch / 2, 0, 0.3, 15, {{84, 86, 86}, 60, 120}));
  }
  return shape;
}

PartShape metal_socket(double width, double depth, double top) {
  PartShape shape;
  shape.letter = 'J';
  const int pins = static_cast<int>(width / 1.6);
  for (int i = 0; i < pins; ++i) {
    const double x = (i - (pins - 1) / 2.0) * 0.9 * width / pins;
    add_pad(shape, x, -depth / 2 - 0.7, 0.5, 1.5);
    shape.solids.push_back(box(x, -depth / 2 - 0.4, 0.35, 1.0, 0.3, kSolder));
  }
  for (const double side : {-1.0, 1.0}) {
    add_pad(shape, side * (width / 2 + 0.3), 0.1 * depth, 1.4, 2.2);
    shape.solids.push_back(box(side * (width / 2 + 0.1), 0.1 * depth, 0.8, 1.6, 0.6, kSolder));
  }
  Solid shell = box(0, 0, width, depth, top, kSteel);
  shell.bevel_mm = std::min(0.6, 0.2 * top);
  shape.solids.push_back(shell);
  for (const double side : {-1.0, 1.0}) {
    shape.solids.push_back(mark(side * 0.22 * width, 0.12 * depth, 0.16 * width, 0.3 * depth, {{52, 53, 54}, 60, 120}));
    shape.solids.push_back(mark(side * 0.22 * width, 0.1 * depth, 0.12 * width, 0.3 * depth, kSteel));
  }
  return shape;
}

PartShape card_slot(double length) {
  PartShape shape;
  shape.letter = 'J';
  shape.solids.push_back(box(0, 0, length, 7.4, 11, {{40, 38, 38}, 70, 0}));
  shape.solids.push_back(box(0, 0, length - 2.6, 2.0, 11.02, kDarkGap));
  const int pins = static_cast<int>((length - 4));
  for (int i = 0; i < pins; ++i) {
    const double x = (i - (pins - 1) / 2.0) * 1.0;
    shape.pads.push_back({{x, i % 2 == 0 ? -1.8 : 1.8}, 1.0, 1.0, true});
    if (std::abs(x + 0.2 * length) < 1.1) continue;  // the key
    shape.solids.push_back(box(x, -0.85, 0.4, 0.5, 11.03, kGold));
    shape.solids.push_back(box(x, 0.85, 0.4, 0.5, 11.03, kGold));
  }
  return shape;
}

PartShape power_connector(int columns) {
  PartShape shape;
  shape.letter = 'J';
  const double pitch = 4.2;
  const double width = columns * pitch + 1.4;
  shape.solids.push_back(box(0, 0, width, 9.8, 12.8, {{190, 208, 214}, 90, 0}));
  shape.solids.push_back(box(0, 5.4, 0.2 * width, 1.4, 9, {{190, 208, 214}, 90, 0}));
  for (int i = 0; i < columns; ++i) {
    for (const double y : {-2.1, 2.1}) {
      const double x = (i - (columns - 1) / 2.0) * pitch;
      shape.pads.push_back({{x, y}, 2.4, 2.4, true});
      shape.solids.push_back(mark(x, y, 3.4, 3.4, {{70, 80, 84}, 40, 0}));
      shape.solids.push_back(mark(x, y, 1.1, 1.1, kPin));
    }
  }
  return shape;
}

PartShape fpc_connector(int pins) {
  PartShape shape;
  shape.letter = 'J';
  const double width = pins * 0.5 + 3;
  for (int i = 0; i < pins; ++i) {
    const double x = (i - (pins - 1) / 2.0) * 0.5;
    add_pad(shape, x, -2.6, 0.28, 1.2);
    shape.solids.push_back(box(x, -2.3, 0.2, 0.9, 0.25, kPin));
  }
  shape.solids.push_back(box(0, -0.4, width, 3.2, 1.6, {{176, 204, 216}, 80, 0}));
  shape.solids.push_back(box(0, 1.6, width - 1, 1.4, 1.1, {{40, 38, 38}, 100, 0}));
  return shape;
}

PartShape coax_jack() {
  PartShape shape;
  shape.letter = 'J';
  add_pad(shape, -1.5, 0, 1.0, 2.2);
  add_pad(shape, 1.5, 0, 1.0, 2.2);
  shape.solids.push_back(box(0, 0, 2.6, 2.6, 0.4, {{200, 214, 220}, 60, 0}));
  shape.solids.push_back(cylinder(0, 0, 2.0, 1.2, kGold));
  shape.solids.push_back(cylinder(0, 0, 1.4, 0, kDarkGap));
  shape.solids.push_back(cylinder(0, 0, 0.5, 0, kGold));
  return shape;
}

PartShape coin_cell() {
  PartShape shape;
  shape.letter = 'B';
  add_pad(shape, -12.6, 0, 2.4, 3);
  add_pad(shape, 12.6, 0, 2.4, 3);
  Solid holder = cylinder(0, 0, 23, 3.2, {{38, 36, 36}, 70, 0});
  shape.solids.push_back(holder);
  Solid cell = cylinder(0, 0, 20, 4.6, {{196, 200, 200}, 140, 215});
  cell.bevel_mm = 0.5;
  cell.xray = 1.4;
  shape.solids.push_back(cell);
  shape.solids.push_back(box(9.5, 0, 5.2, 4.2, 5.1, kSteel));
  set_text(shape, 12, 6, {112, 114, 114});
  return shape;
}

PartShape shield_can(double width, double depth) {
  PartShape shape;
  shape.letter = 'E';
  for (const double side : {-1.0, 1.0}) {
    add_pad(shape, 0, side * depth / 2, width + 0.6, 0.9);
    add_pad(shape, side * width / 2, 0, 0.9, depth + 0.6);
  }
  Solid can = box(0, 0, width, depth, 1.9, kSteel);
  can.bevel_mm = 0.3;
  can.xray = 0.25;
  shape.solids.push_back(can);
  // Holes that let heat and the pick-up nozzle's marks out.
  for (double x = -width / 2 + 1.5; x < width / 2 - 1; x += 2.0) {
    Solid hole = cylinder(x, -depth / 2 + 1.3, 0.7, 0, kDarkGap);
    hole.xray = 0;
    shape.solids.push_back(hole);
  }
  set_text(shape, 0.6 * width, 0.3 * depth, {120, 122, 122});
  return shape;
}

PartShape tact_switch() {
  PartShape shape;
  shape.letter = 'S';
  for (const double x : {-4.2, 4.2}) {
    for (const double y : {-2.25, 2.25}) {
      add_pad(shape, x, y, 1.6, 1.3);
      shape.solids.push_back(box(0.88 * x, y, 1.6, 0.8, 0.4, kPin));
    }
  }
  shape.solids.push_back(box(0, 0, 6.2, 6.2, 3.1, {{40, 38, 38}, 60, 0}));
  shape.solids.push_back(box(0, 0, 5.8, 5.8, 3.3, {{156, 160, 160}, 120, 190}));
  for (const double x : {-2.3, 2.3}) {
    for (const double y : {-2.3, 2.3}) shape.solids.push_back(cylinder(x, y, 0.9, 3.5, {{40, 38, 38}, 60, 0}));
  }
  shape.solids.push_back(cylinder(0, 0, 3.4, 4.6, {{40, 38, 38}, 90, 0}));
  return shape;
}

PartShape choke(double side, double top) {
  PartShape shape;
  shape.letter = 'L';
  add_pad(shape, -0.45 * side, 0, 0.26 * side, 0.5 * side);
  add_pad(shape, 0.45 * side, 0, 0.26 * side, 0.5 * side);
  shape.solids.push_back(box(0, 0, 1.1 * side, 0.34 * side, 1.0, kTin));
  Solid core = box(0, 0, side, side, top, {{92, 90, 88}, 40, 0});
  core.bevel_mm = 0.3;
  core.tinted = true;
  core.xray = 1.3;
  shape.solids.push_back(core);
  shape.solids.push_back(mark(0, 0.26 * side, 0.98 * side, 0.12, {{52, 50, 50}, 30, 0}));
  set_text(shape, 0.6 * side, 0.3 * side, {214, 216, 216});
  return shape;
}

PartShape polymer_can(double diameter, double top) {
  PartShape shape;
  shape.letter = 'C';
  add_pad(shape, -0.42 * diameter, 0, 0.45 * diameter, 1.2);
  add_pad(shape, 0.42 * diameter, 0, 0.45 * diameter, 1.2);
  Solid foot = box(0, 0, 1.05 * diameter, 1.05 * diameter, 0.8, kBlackPlastic);
  shape.solids.push_back(foot);
  Solid can = cylinder(0, 0, diameter, top, kAluminium);
  can.bevel_mm = 0.6;
  can.xray = 0.7;
  shape.solids.push_back(can);
  Solid ink = cylinder(0, 0, diameter, 0, {{110, 40, 66}, 90, 0});
  ink.form = Form::half_moon;
  shape.solids.push_back(ink);
  set_text(shape, 0.6 * diameter, 0.55 * diameter, {110, 46, 66});
  return shape;
}

}  // namespace boarddiff::datasets
