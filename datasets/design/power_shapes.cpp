// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/power_shapes.h"

#include "datasets/design/shape_pieces.h"
#include "datasets/design/wired_shapes.h"

#include <cmath>
#include <numbers>

namespace boarddiff::datasets {

// Two terminals and one that only keeps it from being turned.
PartShape snap_in_electrolytic(double diameter, double top) {
  PartShape shape;
  shape.letter = 'C';
  for (const double side : {-1.0, 1.0}) {
    shape.pads.push_back({{side * 5, 0}, 2.6, 2.6, true});
  }
  shape.pads.push_back({{0, 0.33 * diameter}, 2.0, 2.0, true});
  add_sleeved_can(shape, diameter, top);
  return shape;
}

// Two halves of a core around a coil former, taped.
PartShape transformer() {
  PartShape shape;
  shape.letter = 'T';
  const Finish ferrite = {{62, 60, 60}, 50, 0};
  const Finish tape = {{52, 186, 226}, 110, 0};
  for (int pin = 0; pin < 5; ++pin) {
    for (const double side : {-1.0, 1.0}) {
      shape.pads.push_back({{side * 11.5, (pin - 2) * 4.4}, 2.2, 2.2, true});
      shape.solids.push_back(box(side * 11.5, (pin - 2) * 4.4, 2.4, 2.8, 4, kBlackPlastic));
    }
  }
  shape.solids.push_back(box(0, 0, 20, 22, 3, kBlackPlastic));
  Solid core = box(0, 0, 18, 27, 19, ferrite);
  core.bevel_mm = 0.4;
  core.tinted = true;
  core.xray = 1.3;
  shape.solids.push_back(core);
  Solid coil = box(0, 0, 20, 17, 17.5, tape);
  coil.bevel_mm = 3;
  coil.tinted = true;
  coil.xray = 1.0;
  shape.solids.push_back(coil);
  // The core's bridge runs over the coil.
  Solid bridge = box(0, 0, 9.5, 27, 19, ferrite);
  bridge.bevel_mm = 0.4;
  bridge.tinted = true;
  bridge.xray = 0;
  shape.solids.push_back(bridge);
  shape.solids.push_back(mark(0, 0, 9.6, 0.15, kDarkGap));
  set_text(shape, 8, 4, {206, 210, 210});
  return shape;
}

// Three windings on one ring, as before the rectifier of a drive: wound wire as bundles side by side.
PartShape toroid(double diameter, double top) {
  PartShape shape;
  shape.letter = 'L';
  for (const double x : {-0.4, 0.0, 0.4}) {
    for (const double y : {-0.44, 0.44}) {
      shape.pads.push_back({{x * diameter, y * diameter}, 2.4, 2.4, true});
    }
  }
  const Finish wire = {{44, 88, 168}, 180, 130};
  shape.solids.push_back(box(0, 0, diameter, diameter, 1.5, kBlackPlastic));
  constexpr int kBundles = 22;
  const double bundle = 0.27 * diameter;
  const double radius = (diameter - bundle) / 2;
  for (int i = 0; i < kBundles; ++i) {
    const double angle = (i + 0.5) * 2 * std::numbers::pi / kBundles;
    Solid turn = cylinder(radius * std::cos(angle), radius * std::sin(angle), bundle, top, wire);
    turn.bevel_mm = 0.45 * bundle;
    turn.xray = 0.35;
    shape.solids.push_back(turn);
  }
  return shape;
}

// A piece of a drawn profile: a back to which transistors are screwed, and fins along it.
PartShape heat_sink_bar(double length, double depth, double top) {
  PartShape shape;
  shape.letter = 'H';
  const Finish anodised = {{48, 45, 44}, 90, 90};
  for (const double side : {-1.0, 1.0}) {
    shape.pads.push_back({{side * 0.4 * length, 0}, 3.2, 3.2, true});
  }
  Solid base = box(0, 0, length, depth, 2.4, anodised);
  base.xray = 0.5;
  shape.solids.push_back(base);
  const double pitch = 3.4;
  const int fins = static_cast<int>(depth / pitch) + 1;
  for (int i = 0; i < fins; ++i) {
    const double y = (i - (fins - 1) / 2.0) * pitch;
    Solid fin = box(0, y, length, i == 0 ? 2.2 : 1.2, top, anodised);
    fin.bevel_mm = 0.2;
    fin.xray = 0.5;
    shape.solids.push_back(fin);
  }
  return shape;
}

// Ceramic, in two clips.
PartShape fuse() {
  PartShape shape;
  shape.letter = 'F';
  for (const double side : {-1.0, 1.0}) {
    shape.pads.push_back({{side * 8.5, 0}, 3, 3, true});
    shape.solids.push_back(box(side * 8.5, 0, 5.4, 6.6, 4, kPin));
  }
  Solid tube = bead(0, 0, 12.5, 5, 6.4, {{204, 218, 222}, 120, 0});
  tube.bevel_mm = 2.2;
  shape.solids.push_back(tube);
  for (const double side : {-1.0, 1.0}) {
    Solid cap = bead(side * 8, 0, 5.6, 5.4, 6.6, kTin);
    cap.bevel_mm = 2.2;
    shape.solids.push_back(cap);
  }
  set_text(shape, 7, 1.6, {60, 60, 62});
  return shape;
}

}  // namespace boarddiff::datasets
