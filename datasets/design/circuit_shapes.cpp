// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/circuit_shapes.h"

#include "datasets/design/shape_pieces.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

void add_die(PartShape& shape, double width, double depth, double strength) {
  Solid die = box(0, 0, width, depth, 0.4, kMould);
  die.xray = strength;
  shape.inner.push_back(die);
}

// Gull-wing pins along one side; `turned` puts them along y instead of x.
void add_row(PartShape& shape, int pins, double pitch, double offset, double reach, bool turned) {
  const double width = 0.45 * pitch;
  const double outwards = offset > 0 ? 1 : -1;
  const double pin_at = offset + outwards * reach / 2;
  const double pad_at = offset + outwards * reach * 0.75;
  const auto metal = [turned](double along, double out, double across, double depth, double top) {
    return turned ? box(out, along, depth, across, top, kPin) : box(along, out, across, depth, top, kPin);
  };
  for (int i = 0; i < pins; ++i) {
    const double along = (i - (pins - 1) / 2.0) * pitch;
    if (turned) {
      add_pad(shape, pad_at, along, reach * 1.1, width * 1.25);
    } else {
      add_pad(shape, along, pad_at, width * 1.25, reach * 1.1);
    }
    Solid pin = metal(along, pin_at, width, reach, 0.32);
    pin.xray = 0.35;
    shape.solids.push_back(pin);
    Solid shoulder = metal(along, offset * 1.01, width, reach * 0.5, 0.7);
    shoulder.xray = 0.2;
    shape.solids.push_back(shoulder);
    Solid finger = metal(along * 0.72, pin_at * 0.72, width * 0.8, 0.4 * std::abs(offset), 0.1);
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
    dot.form = Solid::Form::cylinder;
    dot.xray = 0;
    shape.solids.push_back(dot);
  }
  set_text(shape, 0.84 * width, 0.66 * depth, {168, 172, 172});
}

}  // namespace

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
      ball.form = Solid::Form::cylinder;
      ball.xray = 0.6;
      shape.inner.push_back(ball);
    }
  }
  shape.solids.push_back(box(0, 0, side, side, 0.75, {{52, 92, 44}, 90, 0}));
  if (metal_cap) {
    Solid cap = box(0, 0, 0.78 * side, 0.78 * side, 2.6, {{150, 153, 153}, 100, 210});
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

PartShape sot223() {
  PartShape shape;
  add_row(shape, 3, 2.3, 1.75, 1.7, false);
  add_pad(shape, 0, -3.1, 3.3, 1.8);
  shape.solids.push_back(box(0, -2.6, 3.0, 1.7, 0.5, kPin));
  add_mould(shape, 6.5, 3.5, 1.7);
  add_die(shape, 2.0, 1.8, 0.25);
  return shape;
}

PartShape tssop(int pins) {
  PartShape shape;
  const int row = pins / 2;
  add_row(shape, row, 0.65, 2.2, 1.0, false);
  add_row(shape, row, 0.65, -2.2, 1.0, false);
  add_mould(shape, row * 0.65, 4.4, 1.05);
  add_die(shape, 2.2, 1.8, 0.2);
  return shape;
}

PartShape bare_die() {
  PartShape shape;
  add_die(shape, 2.4, 1.8, 0.3);
  for (const double side : {-1.0, 1.0}) {
    for (int i = 0; i < 5; ++i) {
      Solid wire = box((i - 2) * 0.45, side * 1.3, 0.06, 0.9, 0.2, kGold);
      wire.xray = 0.22;
      shape.inner.push_back(wire);
    }
  }
  return shape;
}

}  // namespace boarddiff::datasets
