// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/part_shapes.h"

#include "datasets/design/shape_pieces.h"
#include "imaging/virtual_part.h"

#include <algorithm>
#include <vector>

namespace boarddiff::datasets {
namespace {

using Form = Solid::Form;

Solid filling(const imaging::Box& outline_mm, double top, const Finish& finish) {
  const imaging::Point centre = outline_mm.centre();
  return box(centre.x(), centre.y(), outline_mm.width, outline_mm.height, top, finish);
}

// Two-terminal chip: solder fillets, end caps, body.
PartShape chip(double length, double width, double top, const Finish& body, char letter) {
  PartShape shape;
  shape.letter = letter;
  const imaging::TwoTerminalChip outlines = imaging::two_terminal_chip(length, width);
  for (const double side : {-1.0, 1.0}) {
    add_pad(shape, side * 0.46 * length, 0, 0.48 * length, 1.12 * width);
    Solid fillet = filling(outlines.solder.at(side < 0 ? 0 : 1), 0.45 * top, kSolder);
    fillet.bevel_mm = 0.13 * length;
    shape.solids.push_back(fillet);
  }
  Solid middle = filling(outlines.body, top * 0.97, body);
  middle.tinted = true;
  middle.xray = letter == 'C' ? 0.5 * top : 0.12;
  shape.solids.push_back(middle);
  for (const imaging::Box& cap : outlines.caps) {
    Solid end = filling(cap, top, kTin);
    end.xray = 0.35;
    shape.solids.push_back(end);
  }
  return shape;
}

}  // namespace

PartShape resistor(double length, double width, double top) {
  PartShape shape = chip(length, width, top, {{34, 32, 32}, 110, 0}, 'R');
  if (length > 1.2) set_text(shape, 0.5 * length, 0.6 * width, {220, 220, 220});
  return shape;
}

PartShape capacitor(double length, double width, double top) {
  return chip(length, width, top, {{96, 132, 168}, 70, 0}, 'C');
}

PartShape resistor_array() {
  PartShape shape;
  shape.letter = 'R';
  for (int i = 0; i < 4; ++i) {
    const double x = (i - 1.5) * 0.8;
    for (const double side : {-1.0, 1.0}) {
      add_pad(shape, x, side * 0.8, 0.5, 0.8);
      shape.solids.push_back(box(x, side * 0.66, 0.46, 0.4, 0.42, kTin));
    }
  }
  Solid body = box(0, 0, 3.2, 1.2, 0.5, {{34, 32, 32}, 110, 0});
  body.tinted = true;
  shape.solids.push_back(body);
  set_text(shape, 1.8, 0.8, {220, 220, 220});
  return shape;
}

PartShape led() {
  PartShape shape = chip(1.6, 0.8, 0.5, {{210, 225, 228}, 60, 0}, 'D');
  Solid lens = box(0, 0, 0.8, 0.7, 0.7, {{120, 225, 235}, 160, 0});
  lens.bevel_mm = 0.2;
  shape.solids.push_back(lens);
  return shape;
}

PartShape electrolytic(double diameter, double top) {
  PartShape shape;
  shape.letter = 'C';
  add_pad(shape, -0.42 * diameter, 0, 0.45 * diameter, 1.4);
  add_pad(shape, 0.42 * diameter, 0, 0.45 * diameter, 1.4);
  shape.solids.push_back(box(0, 0, 1.24 * diameter, 0.8, 0.25, kPin));
  shape.solids.push_back(box(0, 0, 1.05 * diameter, 1.05 * diameter, 0.9, {{38, 36, 36}, 60, 0}));
  Solid can = box(0, 0, diameter, diameter, top, {{172, 175, 175}, 110, 215});
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
  Solid can = box(0, 0, length - 0.4, width - 0.4, top, {{164, 168, 170}, 150, 230});
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
