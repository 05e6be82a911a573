// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/kicad_wired.h"

#include "datasets/design/shape_pieces.h"
#include "datasets/design/wired_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string_view>

namespace boarddiff::datasets {
namespace {

using Form = Solid::Form;
using imaging::Point;

const Finish kBlack = {{36, 34, 34}, 70, 0};
const Finish kIvory = {{196, 216, 222}, 70, 0};
const Finish kShield = {{188, 190, 190}, 120, 215};

bool names_any(const SeenFootprint& footprint, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return footprint.name.find(word) != std::string::npos; });
}

void add_solder(PartShape& shape, const SeenFootprint& footprint) {
  for (const SeenPad& pad : footprint.pads) {
    const double across = 0.85 * std::min(pad.pad.width_mm, pad.pad.depth_mm);
    if (pad.drill_mm > 0) {
      shape.solids.push_back(cylinder(pad.pad.centre_mm.x(), pad.pad.centre_mm.y(), across, 0.25, kSolder));
    }
  }
}

PartShape header(const SeenFootprint& footprint) {
  PartShape shape;
  double pitch = 2.54;
  for (std::size_t i = 1; i < footprint.pads.size(); ++i) {
    const double apart = (footprint.pads[i].pad.centre_mm - footprint.pads[0].pad.centre_mm).norm();
    if (apart > 0.9) pitch = std::min(pitch, apart);
  }
  const bool socket = names_any(footprint, {"socket", "female"});
  const bool shrouded = names_any(footprint, {"idc", "box"});
  if (shrouded) {
    const Point& body = footprint.body_mm;
    shape.solids.push_back(box(0, 0, body.x(), body.y(), 9, kBlack));
    Solid floor = box(0, 0, 0.86 * body.x(), 0.7 * body.y(), 0, {{14, 13, 13}, 20, 0});
    floor.top_mm = 9.02;
    shape.solids.push_back(floor);
  }
  for (const SeenPad& pad : footprint.pads) {
    const Point& at = pad.pad.centre_mm;
    Solid block = box(at.x(), at.y(), 0.97 * pitch, 0.97 * pitch, socket ? 8.5 : 2.5, kBlack);
    block.bevel_mm = 0.14 * pitch;
    if (!shrouded) shape.solids.push_back(block);
  }
  for (const SeenPad& pad : footprint.pads) {
    const Point& at = pad.pad.centre_mm;
    Solid pin = box(at.x(), at.y(), 0.25 * pitch, 0.25 * pitch, shrouded ? 9.05 : 8.4, kGold);
    if (socket) {
      pin = box(at.x(), at.y(), 0.35 * pitch, 0.35 * pitch, 8.52, {{12, 11, 11}, 20, 0});
      pin.bevel_mm = 0;
    }
    pin.xray = 1.1;
    shape.solids.push_back(pin);
  }
  return shape;
}

PartShape dual_in_line(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  double row = 0;
  for (const SeenPad& pad : footprint.pads) {
    row = std::max(row, std::abs(pad.pad.centre_mm.y()));
  }
  const double length = footprint.body_mm.x();
  for (const SeenPad& pad : footprint.pads) {
    const Point& at = pad.pad.centre_mm;
    const double side = at.y() < 0 ? -1 : 1;
    shape.solids.push_back(box(at.x(), side * (row - 0.1), 0.5, 0.9, 1.9, kPin));
    shape.solids.push_back(box(at.x(), side * (row - 0.4), 1.3, 0.5, 2.1, kPin));
  }
  if (names_any(footprint, {"socket"})) shape.solids.push_back(box(0, 0, length, 2 * row + 2.2, 4.0, kBlack));
  const double top = names_any(footprint, {"socket"}) ? 7.2 : 3.6;
  Solid body = box(0, 0, 0.99 * length, std::max(2 * row - 1.2, 3.0), top, kMould);
  body.bevel_mm = 0.35;
  body.tinted = true;
  body.xray = 0.25;
  shape.solids.push_back(body);
  Solid die = box(0, 0, 2.4, 2.4, 1.8, kMould);
  die.xray = 0.25;
  shape.inner.push_back(die);
  const double end = footprint.pads.front().pad.centre_mm.x() < 0 ? -1 : 1;
  Solid notch = cylinder(end * (length / 2 - 0.3), 0, 1.8, top + 0.01, {{20, 19, 19}, 40, 0});
  notch.xray = 0;
  shape.solids.push_back(notch);
  set_text(shape, 0.8 * length, 4.2, {186, 190, 190});
  return shape;
}

PartShape axial(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  double reach = 0;
  for (const SeenPad& pad : footprint.pads) {
    reach = std::max(reach, std::abs(pad.pad.centre_mm.x()));
  }
  const double length = std::min(footprint.body_mm.x(), 1.25 * reach);
  shape.letter = footprint.letter;
  add_axial_body(shape, {.reach = reach,
                         .length = length,
                         .thickness = std::clamp(footprint.body_mm.y(), 1.4, 0.5 * length + 1),
                         .bar_left = true});
  return shape;
}

PartShape radial_can(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  const double diameter = footprint.body_mm.minCoeff();
  if (footprint.letter == 'D') {
    add_led_lens(shape, diameter);
  } else {
    add_sleeved_can(shape, diameter, std::clamp(1.3 * diameter + 3, 5.0, 26.0));
  }
  return shape;
}

PartShape radial_block(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  const Point& body = footprint.body_mm;
  const bool disc = body.y() < 3.2;
  Solid block = disc ? bead(0, 0, body.x(), std::max(body.y(), 1.6), 0.9 * body.x() + 1, {{52, 128, 204}, 110, 0})
                     : box(0, 0, body.x(), body.y(), std::clamp(1.4 * body.y(), 5.0, 18.0), {{54, 60, 176}, 130, 0});
  block.tinted = true;
  shape.solids.push_back(block);
  return shape;
}

PartShape power_tab(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  const Point& body = footprint.body_mm;
  const bool standing = names_any(footprint, {"vertical"}) || body.y() < 6;
  const double top = standing ? 16 : 4.6;
  shape.solids.push_back(box(0, 0, body.x(), body.y(), standing ? 3.0 : 1.3, kShield));
  Solid mould = box(0, 0.08 * body.y(), body.x(), 0.62 * body.y(), standing ? 12 : top, kMould);
  shape.solids.push_back(mould);
  if (standing) shape.solids.push_back(box(0, -0.36 * body.y(), body.x(), 1.3, top, kShield));
  set_text(shape, 0.7 * body.x(), 0.4 * body.y(), {168, 172, 172});
  return shape;
}

struct Housing {
  double top_mm = 8;
  Finish finish = kBlack;
};

Housing housing_of(const SeenFootprint& footprint) {
  const bool small = !footprint.wired && footprint.body_mm.minCoeff() < 8;
  if (names_any(footprint, {"rj45", "rj11", "8p8c"})) return {13.4, kShield};
  if (names_any(footprint, {"usb_a"})) return {7, kShield};
  if (names_any(footprint, {"usb", "hdmi", "sd", "sim"})) return {3.2, kShield};
  if (names_any(footprint, {"sma", "bnc", "coax", "u.fl"})) return {6, {{90, 170, 214}, 170, 220}};
  if (names_any(footprint, {"dsub", "d-sub", "db9", "db25", "sub-d"})) return {12.5, kShield};
  if (names_any(footprint, {"phoenix", "terminal", "bornier", "mstb"})) return {10, {{96, 150, 62}, 80, 0}};
  if (names_any(footprint, {"jst", "molex", "picoblade"})) return {small ? 2.9 : 6.5, kIvory};
  if (names_any(footprint, {"barrel", "jack"})) return {11, kBlack};
  if (names_any(footprint, {"fpc", "ffc"})) return {2, kIvory};
  return {std::clamp(0.7 * footprint.body_mm.minCoeff(), 2.0, 11.0), kBlack};
}

PartShape connector(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  const Point& body = footprint.body_mm;
  const Housing housing = housing_of(footprint);
  for (const SeenPad& pad : footprint.pads) {
    if (pad.drill_mm > 0) continue;
    const Point& at = pad.pad.centre_mm;
    shape.solids.push_back(box(at.x(), at.y(), 0.6 * pad.pad.width_mm, 0.6 * pad.pad.depth_mm, 0.4, kPin));
  }
  shape.solids.push_back(box(0, 0, body.x(), body.y(), housing.top_mm, housing.finish));
  if (names_any(footprint, {"phoenix", "terminal", "bornier"})) {
    for (const SeenPad& pad : footprint.pads) {
      shape.solids.push_back(cylinder(pad.pad.centre_mm.x(), 0, 3.2, housing.top_mm + 0.02, kPin));
      shape.solids.push_back(box(pad.pad.centre_mm.x(), 0, 2.8, 0.5, housing.top_mm + 0.03, {{60, 60, 60}, 60, 0}));
    }
    return shape;
  }
  // Lids have seams; housings have edges.
  const Finish seam = {{static_cast<unsigned char>(housing.finish.colour[0] * 0.6),
                        static_cast<unsigned char>(housing.finish.colour[1] * 0.6),
                        static_cast<unsigned char>(housing.finish.colour[2] * 0.6)},
                       60,
                       0};
  shape.solids.push_back(box(0, 0.3 * body.y(), 0.86 * body.x(), 0.03 * body.y() + 0.1, housing.top_mm + 0.01, seam));
  return shape;
}

PartShape block(const SeenFootprint& footprint) {
  PartShape shape;
  add_solder(shape, footprint);
  const Point& body = footprint.body_mm;
  double top = std::clamp(0.5 * body.minCoeff() + 1, 1.5, 12.0);
  Finish finish = kMould;
  if (footprint.letter == 'K') finish = {{40, 38, 36}, 90, 0};
  if (footprint.letter == 'R') finish = {{170, 96, 44}, 90, 0};
  if (footprint.letter == 'T') finish = {{70, 190, 214}, 60, 0};
  if (footprint.letter == 'B') finish = kShield;
  if (footprint.letter == 'Q' && body.minCoeff() < 6) top = 5;
  Solid solid = box(0, 0, body.x(), body.y(), top, finish);
  if (footprint.letter == 'B' || names_any(footprint, {"valve", "tube"})) solid.form = Form::cylinder;
  shape.solids.push_back(solid);
  if (body.x() > 6 * body.y() && footprint.pads.size() > 20) {
    // A slot for a card.
    shape.solids.push_back(box(0, 0, 0.94 * body.x(), 0.25 * body.y(), top + 0.02, {{16, 14, 14}, 20, 0}));
    return shape;
  }
  set_text(shape, 0.7 * body.x(), 0.5 * body.y(), {178, 182, 182});
  return shape;
}

}  // namespace

PartShape wired_part(const SeenFootprint& footprint, PartKind kind) {
  switch (kind) {
    case PartKind::header:
      return header(footprint);
    case PartKind::dual_in_line:
      return dual_in_line(footprint);
    case PartKind::axial:
      return axial(footprint);
    case PartKind::radial_can:
    case PartKind::led:
      return radial_can(footprint);
    case PartKind::radial_block:
      return radial_block(footprint);
    case PartKind::power_tab:
      return power_tab(footprint);
    case PartKind::connector:
      return connector(footprint);
    default:
      return block(footprint);
  }
}

}  // namespace boarddiff::datasets
