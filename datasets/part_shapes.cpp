// SPDX-License-Identifier: Apache-2.0
#include "datasets/part_shapes.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using Form = Solid::Form;

const Finish kTin = {{196, 200, 200}, 150, 220};
const Finish kSolder = {{176, 182, 182}, 190, 230};
const Finish kGold = {{90, 170, 214}, 170, 220};
const Finish kMould = {{44, 42, 42}, 50, 0};
const Finish kPin = {{186, 190, 190}, 130, 220};

Solid box(double x, double y, double width, double depth, double top, const Finish& finish) {
  Solid solid;
  solid.centre_mm = {x, y};
  solid.width_mm = width;
  solid.depth_mm = depth;
  solid.top_mm = top;
  solid.bevel_mm = std::min({0.12, width / 4, depth / 4});
  solid.finish = finish;
  solid.xray = finish.metal > 100 ? std::min(1.2, 0.9 * top) : 0.04 * top;
  return solid;
}

void add_pad(PartShape& shape, double x, double y, double width, double depth) {
  shape.pads.push_back({{x, y}, width, depth, false});
}

void set_text(PartShape& shape, double width, double depth, const cv::Vec3b& colour) {
  // Makers print no larger than they need.
  shape.text_width_mm = std::min(width, 9.0);
  shape.text_depth_mm = std::min(depth, 4.4);
  shape.text_colour = colour;
}

// Two-terminal chip: solder fillets, end caps, body.

PartShape chip(double length, double width, double top, const Finish& body, char letter) {
  PartShape shape;
  shape.letter = letter;
  const double cap = 0.22 * length;
  for (const double side : {-1.0, 1.0}) {
    add_pad(shape, side * 0.46 * length, 0, 0.48 * length, 1.12 * width);
    Solid fillet = box(side * 0.5 * length, 0, 0.3 * length, 0.94 * width, 0.45 * top, kSolder);
    fillet.bevel_mm = 0.13 * length;
    shape.solids.push_back(fillet);
  }
  Solid middle = box(0, 0, length - cap, width * 0.97, top * 0.97, body);
  middle.tinted = true;
  middle.xray = letter == 'C' ? 0.5 * top : 0.12;
  shape.solids.push_back(middle);
  for (const double side : {-1.0, 1.0}) {
    Solid end = box(side * (length - cap) / 2, 0, cap, width, top, kTin);
    end.xray = 0.35;
    shape.solids.push_back(end);
  }
  return shape;
}

void add_die(PartShape& shape, double width, double depth, double strength) {
  Solid die = box(0, 0, width, depth, 0.4, kMould);
  die.xray = strength;
  shape.inner.push_back(die);
}

// Gull-wing pins along one side; `turned` puts them along y instead of x.

void add_row(PartShape& shape, int pins, double pitch, double offset, double reach, bool turned) {
  const double width = 0.45 * pitch;
  for (int i = 0; i < pins; ++i) {
    const double along = (i - (pins - 1) / 2.0) * pitch;
    const double out = offset + (offset > 0 ? reach / 2 : -reach / 2);
    const double x = turned ? out : along;
    const double y = turned ? along : out;
    const double pad_out = offset + (offset > 0 ? reach * 0.75 : -reach * 0.75);
    add_pad(shape, turned ? pad_out : along, turned ? along : pad_out, turned ? reach * 1.1 : width * 1.25,
            turned ? width * 1.25 : reach * 1.1);
    Solid pin = box(x, y, turned ? reach : width, turned ? width : reach, 0.32, kPin);
    pin.xray = 0.35;
    shape.solids.push_back(pin);
    Solid shoulder = box(turned ? offset * 1.01 : along, turned ? along : offset * 1.01, turned ? reach * 0.5 : width,
                         turned ? width : reach * 0.5, 0.7, kPin);
    shoulder.xray = 0.2;
    shape.solids.push_back(shoulder);
    Solid finger = box(x * 0.72, y * 0.72, turned ? 0.4 * std::abs(offset) : width * 0.8,
                       turned ? width * 0.8 : 0.4 * std::abs(offset), 0.1, kPin);
    finger.xray = 0.28;
    shape.inner.push_back(finger);
  }
}

void add_mould(PartShape& shape, double width, double depth, double top) {
  Solid body = box(0, 0, width, depth, top, kMould);
  body.tinted = true;
  body.bevel_mm = std::min(0.18, 0.1 * width);
  shape.solids.push_back(body);
  if (width > 2) {
    Solid dot = box(-width / 2 + 0.16 * std::min(width, 5.0), depth / 2 - 0.16 * std::min(depth, 5.0),
                    0.1 * std::min(width, 7.0), 0.1 * std::min(width, 7.0), top * 0.98, {{58, 56, 56}, 90, 0});
    dot.form = Form::cylinder;
    dot.xray = 0;
    shape.solids.push_back(dot);
  }
  set_text(shape, 0.84 * width, 0.66 * depth, {168, 172, 172});
}

// A grid of balls under a substrate; the lid is a moulding or, on large ones, a metal cap.

}  // namespace

PartShape resistor(double length, double width, double top) {
  PartShape shape = chip(length, width, top, {{34, 32, 32}, 110, 0}, 'R');
  if (length > 1.2) set_text(shape, 0.5 * length, 0.6 * width, {220, 220, 220});
  return shape;
}

PartShape capacitor(double length, double width, double top) {
  return chip(length, width, top, {{96, 132, 168}, 70, 0}, 'C');
}

PartShape led() {
  PartShape shape = chip(1.6, 0.8, 0.5, {{210, 225, 228}, 60, 0}, 'D');
  Solid lens = box(0, 0, 0.8, 0.7, 0.7, {{120, 225, 235}, 160, 0});
  lens.bevel_mm = 0.2;
  shape.solids.push_back(lens);
  return shape;
}

PartShape sot23() {
  PartShape shape;
  shape.letter = 'Q';
  add_row(shape, 2, 1.9, 0.65, 0.55, false);
  add_row(shape, 1, 1.9, -0.65, 0.55, false);
  for (Solid& pin : shape.solids) {
    pin.width_mm = 0.42;
  }
  for (Pad& pad : shape.pads) {
    pad.width_mm = 0.7;
  }
  add_mould(shape, 2.9, 1.3, 1.0);
  add_die(shape, 0.6, 0.6, 0.15);
  return shape;
}

PartShape soic(int pins) {
  PartShape shape;
  const int row = pins / 2;
  add_row(shape, row, 1.27, 1.95, 1.05, false);
  add_row(shape, row, 1.27, -1.95, 1.05, false);
  add_mould(shape, row * 1.27 - 0.15, 3.9, 1.6);
  add_die(shape, 1.8, 1.6, 0.2);
  return shape;
}

PartShape qfp(double side, int row, double pitch) {
  PartShape shape;
  for (const double end : {-side / 2, side / 2}) {
    add_row(shape, row, pitch, end, 1.0, false);
    add_row(shape, row, pitch, end, 1.0, true);
  }
  add_mould(shape, side, side, 1.4);
  add_die(shape, 0.4 * side, 0.4 * side, 0.22);
  return shape;
}

PartShape qfn(double side, int row) {
  PartShape shape;
  const double pitch = 0.5;
  for (const double end : {-1.0, 1.0}) {
    for (int i = 0; i < row; ++i) {
      const double along = (i - (row - 1) / 2.0) * pitch;
      const double out = end * (side / 2 + 0.02);
      add_pad(shape, along, out, 0.26, 0.6);
      add_pad(shape, out, along, 0.6, 0.26);
      shape.solids.push_back(box(along, out, 0.22, 0.36, 0.16, kSolder));
      shape.solids.push_back(box(out, along, 0.36, 0.22, 0.16, kSolder));
    }
  }
  add_pad(shape, 0, 0, 0.55 * side, 0.55 * side);
  add_mould(shape, side, side, 0.85);
  add_die(shape, 0.45 * side, 0.45 * side, 0.3);
  return shape;
}

PartShape bga(double side, bool metal_cap) {
  PartShape shape;
  const int row = static_cast<int>(side / 1.0) - 1;
  for (int y = 0; y < row; ++y) {
    for (int x = 0; x < row; ++x) {
      const imaging::Point at((x - (row - 1) / 2.0), (y - (row - 1) / 2.0));
      shape.pads.push_back({at, 0.45, 0.45, true});
      Solid ball = box(at.x(), at.y(), 0.5, 0.5, 0.4, kSolder);
      ball.form = Form::cylinder;
      ball.xray = 0.6;
      shape.inner.push_back(ball);
    }
  }
  shape.solids.push_back(box(0, 0, side, side, 0.75, {{52, 92, 44}, 90, 0}));
  if (metal_cap) {
    Solid cap = box(0, 0, 0.78 * side, 0.78 * side, 2.6, {{168, 170, 170}, 90, 190});
    cap.bevel_mm = 0.5;
    cap.xray = 1.0;
    shape.solids.push_back(cap);
    set_text(shape, 0.6 * side, 0.42 * side, {86, 86, 86});
  } else {
    add_mould(shape, side - 0.7, side - 0.7, 1.45);
  }
  add_die(shape, 0.45 * side, 0.42 * side, 0.3);
  return shape;
}

PartShape electrolytic(double diameter, double top) {
  PartShape shape;
  shape.letter = 'C';
  add_pad(shape, -0.42 * diameter, 0, 0.45 * diameter, 1.4);
  add_pad(shape, 0.42 * diameter, 0, 0.45 * diameter, 1.4);
  shape.solids.push_back(box(0, 0, 1.24 * diameter, 0.8, 0.25, kPin));
  shape.solids.push_back(box(0, 0, 1.05 * diameter, 1.05 * diameter, 0.9, {{38, 36, 36}, 60, 0}));
  Solid can = box(0, 0, diameter, diameter, top, {{188, 190, 190}, 105, 200});
  can.form = Form::cylinder;
  can.bevel_mm = 0.5;
  can.xray = 0.7;
  shape.solids.push_back(can);
  Solid mark = can;
  mark.form = Form::half_moon;
  mark.finish = {{30, 28, 28}, 70, 0};
  mark.xray = 0;
  shape.solids.push_back(mark);
  set_text(shape, 0.62 * diameter, 0.6 * diameter, {40, 40, 40});
  return shape;
}

PartShape inductor(double side, double top) {
  PartShape shape;
  shape.letter = 'L';
  add_pad(shape, -0.42 * side, 0, 0.34 * side, 0.6 * side);
  add_pad(shape, 0.42 * side, 0, 0.34 * side, 0.6 * side);
  shape.solids.push_back(box(0, 0, 1.12 * side, 0.42 * side, 0.4, kSolder));
  Solid body = box(0, 0, side, side, top, {{66, 64, 62}, 40, 0});
  body.bevel_mm = 0.35;
  body.tinted = true;
  body.xray = 0.8;
  shape.solids.push_back(body);
  Solid winding = box(0, 0, 0.75 * side, 0.75 * side, 1, kPin);
  winding.form = Form::cylinder;
  winding.xray = 0.7;
  shape.inner.push_back(winding);
  set_text(shape, 0.66 * side, 0.4 * side, {200, 202, 202});
  return shape;
}

PartShape crystal(double length, double width, double top) {
  PartShape shape;
  shape.letter = 'Y';
  add_pad(shape, -0.4 * length, 0, 0.35 * length, width);
  add_pad(shape, 0.4 * length, 0, 0.35 * length, width);
  Solid rim = box(0, 0, length, width, 0.35 * top, {{150, 176, 190}, 120, 160});
  shape.solids.push_back(rim);
  Solid can = box(0, 0, length - 0.4, width - 0.4, top, {{190, 192, 192}, 140, 225});
  can.bevel_mm = 0.25;
  shape.solids.push_back(can);
  set_text(shape, 0.7 * length, 0.5 * width, {90, 90, 90});
  return shape;
}

PartShape header(int columns, int rows) {
  PartShape shape;
  shape.letter = 'J';
  const double pitch = 2.54;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const imaging::Point at((x - (columns - 1) / 2.0) * pitch, (y - (rows - 1) / 2.0) * pitch);
      shape.pads.push_back({at, 1.7, 1.7, true});
      Solid block = box(at.x(), at.y(), 2.46, 2.46, 2.5, {{34, 32, 32}, 70, 0});
      block.bevel_mm = 0.35;
      shape.solids.push_back(block);
    }
  }
  for (const Pad& pad : std::vector<Pad>(shape.pads)) {
    Solid pin = box(pad.centre_mm.x(), pad.centre_mm.y(), 0.64, 0.64, 7.0, kGold);
    pin.xray = 1.1;
    shape.solids.push_back(pin);
  }
  return shape;
}

PartShape connector(double length, double depth, double top, const Finish& shell, bool open) {
  PartShape shape;
  shape.letter = 'J';
  shape.solids.push_back(box(0, 0, length, depth, top, shell));
  const int pins = std::max(2, static_cast<int>(length / 2.2));
  for (int i = 0; i < pins; ++i) {
    const double x = (i - (pins - 1) / 2.0) * 2.0;
    add_pad(shape, x, -depth / 2 - 0.6, 0.9, 1.8);
    shape.solids.push_back(box(x, -depth / 2 - 0.35, 0.55, 1.2, 0.5, kSolder));
    if (open) {
      shape.solids.push_back(box(x, depth * 0.05, 0.7, 0.7, top, kPin));
    }
  }
  if (open) {
    Solid rib = box(0, depth * 0.32, length * 0.96, depth * 0.1, top, {{168, 182, 190}, 40, 0});
    shape.solids.push_back(rib);
  } else {
    for (const double x : {-0.24 * length, 0.24 * length}) {
      shape.solids.push_back(box(x, 0.1 * depth, 0.14 * length, 0.5 * depth, top, {{120, 124, 126}, 70, 200}));
    }
  }
  return shape;
}

PartShape dimm() {
  PartShape shape;
  shape.letter = 'J';
  const double length = 62;
  shape.solids.push_back(box(0, 0, length, 6.4, 5.2, {{52, 44, 38}, 60, 0}));
  Solid slot = box(0, 0, length - 5, 1.4, 5.25, {{16, 14, 14}, 20, 0});
  shape.solids.push_back(slot);
  for (const double end : {-1.0, 1.0}) {
    shape.solids.push_back(box(end * (length / 2 - 1.2), 0, 4.4, 5.2, 8.0, {{214, 216, 216}, 90, 0}));
  }
  for (int i = 0; i < 64; ++i) {
    const double x = (i - 31.5) * 0.85;
    shape.solids.push_back(box(x, i % 2 == 0 ? -1.05 : 1.05, 0.32, 0.8, 5.25, kGold));
    add_pad(shape, x, i % 2 == 0 ? -3.6 : 3.6, 0.5, 1.2);
  }
  return shape;
}

}  // namespace boarddiff::datasets
