// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/kicad_shapes.h"

#include "datasets/design/kicad_circuit.h"
#include "datasets/design/kicad_wired.h"
#include "datasets/design/part_shapes.h"
#include "datasets/design/shape_pieces.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

void take_pads(PartShape& shape, const SeenFootprint& footprint) {
  shape.pads.clear();
  for (const SeenPad& pad : footprint.pads) {
    shape.pads.push_back(pad.pad);
  }
}

imaging::Box box_of(const Point& centre, double width, double depth) {
  return {centre.x() - width / 2, centre.y() - depth / 2, width, depth};
}

void finish(PartShape& shape) {
  bool first = true;
  for (const Solid& solid : shape.solids) {
    const imaging::Box own = box_of(solid.centre_mm, solid.width_mm, solid.depth_mm);
    shape.body_mm = first ? own : imaging::hull(shape.body_mm, own);
    shape.top_mm = std::max(shape.top_mm, solid.top_mm);
    first = false;
  }
  shape.courtyard_mm = shape.body_mm;
  for (const Pad& pad : shape.pads) {
    const imaging::Box own = box_of(pad.centre_mm, pad.width_mm, pad.depth_mm);
    if (first) {
      shape.courtyard_mm = own;
      first = false;
    }
    shape.courtyard_mm = imaging::hull(shape.courtyard_mm, own);
  }
  if (shape.solids.empty()) shape.body_mm = shape.courtyard_mm;
}

// Makers' sizes for what lies between two pads, where no body is drawn or it is drawn as large as its pads.
Point chip_size(const SeenFootprint& footprint) {
  double reach = footprint.body_mm.x();
  double across = footprint.body_mm.y();
  if (footprint.pads.size() == 2) {
    const Pad& one = footprint.pads[0].pad;
    const double apart = std::abs(one.centre_mm.x() - footprint.pads[1].pad.centre_mm.x());
    reach = std::min(reach, apart + 0.8 * one.width_mm);
    across = std::min(across, 1.1 * one.depth_mm);
  }
  return {std::max(reach, 0.4), std::max(across, 0.2)};
}

PartShape diode(const Point& size, const SeenFootprint& footprint) {
  PartShape shape;
  const double top = std::clamp(0.55 * size.y(), 0.5, 2.4);
  for (const SeenPad& pad : footprint.pads) {
    const double reach = std::abs(pad.pad.centre_mm.x()) + 0.2 * pad.pad.width_mm;
    const double side = pad.pad.centre_mm.x() < 0 ? -1 : 1;
    shape.solids.push_back(
        box(side * reach / 2, pad.pad.centre_mm.y(), reach, 0.7 * pad.pad.depth_mm, 0.3 * top, kTin));
  }
  Solid body = box(0, 0, 0.8 * size.x(), size.y(), top, kMould);
  body.tinted = true;
  shape.solids.push_back(body);
  // The bar at the cathode.
  shape.solids.push_back(
      box(-0.28 * size.x(), 0, 0.1 * size.x(), 0.9 * size.y(), top + 0.01, {{168, 172, 172}, 50, 0}));
  return shape;
}

PartShape light(const Point& size) {
  PartShape shape = led();
  const double x = size.x() / 1.6;
  const double y = size.y() / 0.8;
  for (Solid& solid : shape.solids) {
    solid.centre_mm = {solid.centre_mm.x() * x, solid.centre_mm.y() * y};
    solid.width_mm *= x;
    solid.depth_mm *= y;
  }
  return shape;
}

PartShape button(const SeenFootprint& footprint) {
  PartShape shape;
  const Point& size = footprint.body_mm;
  shape.solids.push_back(box(0, 0, size.x(), size.y(), 3.2, {{40, 38, 38}, 60, 0}));
  shape.solids.push_back(box(0, 0, 0.94 * size.x(), 0.94 * size.y(), 3.4, {{188, 190, 190}, 120, 200}));
  const double diameter = 0.55 * size.minCoeff();
  Solid knob = box(0, 0, diameter, diameter, 4.8, {{36, 34, 34}, 80, 0});
  knob.form = Solid::Form::cylinder;
  shape.solids.push_back(knob);
  return shape;
}

// A can that stands on its pads, or lies at the board's edge with its wires on them.
PartShape can(const SeenFootprint& footprint) {
  const Point& body = footprint.body_mm;
  if (body.maxCoeff() < 1.3 * body.minCoeff()) {
    return electrolytic(body.minCoeff(), std::clamp(0.95 * body.minCoeff(), 5.0, 14.0));
  }
  PartShape shape;
  for (const SeenPad& pad : footprint.pads) {
    const Point& at = pad.pad.centre_mm;
    const bool along_x = body.x() > body.y();
    shape.solids.push_back(along_x ? box(at.x() / 2, at.y(), std::abs(at.x()), 0.7, 1.0, kPin)
                                   : box(at.x(), at.y() / 2, 0.7, std::abs(at.y()), 1.0, kPin));
  }
  Solid lying = box(0, 0, body.x(), body.y(), body.minCoeff(), {{52, 34, 30}, 110, 0});
  lying.bevel_mm = 0.5 * body.minCoeff();
  lying.xray = 0.8;
  shape.solids.push_back(lying);
  return shape;
}

PartShape surface_part(const SeenFootprint& footprint, PartKind kind) {
  const Point chip = chip_size(footprint);
  switch (kind) {
    case PartKind::resistor:
      return resistor(chip.x(), chip.y(), std::clamp(0.35 * chip.y() + 0.17, 0.3, 0.7));
    case PartKind::capacitor:
      return capacitor(chip.x(), chip.y(), std::clamp(0.85 * chip.y(), 0.3, 2.5));
    case PartKind::inductor:
      return inductor(footprint.body_mm.minCoeff(), std::clamp(0.5 * footprint.body_mm.minCoeff(), 1.0, 8.0));
    case PartKind::diode:
      return diode(chip, footprint);
    case PartKind::led:
      return light(footprint.pads.size() <= 2 ? chip : footprint.body_mm);
    case PartKind::crystal:
      return crystal(footprint.body_mm.x(), footprint.body_mm.y(),
                     footprint.wired || footprint.body_mm.x() > 8 ? 3.5 : 0.8);
    case PartKind::electrolytic:
      return can(footprint);
    case PartKind::button:
      return button(footprint);
    default:
      return circuit_on(footprint);
  }
}

bool is_wired_kind(PartKind kind) {
  switch (kind) {
    case PartKind::header:
    case PartKind::dual_in_line:
    case PartKind::axial:
    case PartKind::radial_can:
    case PartKind::radial_block:
    case PartKind::power_tab:
    case PartKind::connector:
    case PartKind::block:
      return true;
    default:
      return false;
  }
}

// "4k7" and "4.7k" are 4700; nothing for what is no number with a size.
std::optional<double> ohms_of(const std::string& value) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || number <= 0) return {};
  const std::string_view rest(end, static_cast<std::size_t>(value.data() + value.size() - end));
  double unit = 1;
  if (!rest.empty() && (rest[0] == 'k' || rest[0] == 'K')) unit = 1e3;
  if (!rest.empty() && rest[0] == 'M') unit = 1e6;
  const bool digit_follows = rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9';
  if (digit_follows) number += (rest[1] - '0') / 10.0;
  return number * unit;
}

std::string resistor_code(const std::string& value) {
  const auto ohms = ohms_of(value);
  if (!ohms || *ohms < 10 || *ohms >= 1e8) return {};
  const int power = static_cast<int>(std::floor(std::log10(*ohms) + 1e-9)) - 1;
  return std::to_string(std::lround(*ohms / std::pow(10, power))) + std::to_string(power);
}

}  // namespace

PartShape bare_footprint(const SeenFootprint& footprint) {
  PartShape shape;
  take_pads(shape, footprint);
  shape.letter = footprint.letter;
  finish(shape);
  return shape;
}

PartShape part_on(const SeenFootprint& footprint, PartKind kind) {
  if (kind == PartKind::nothing) return bare_footprint(footprint);
  const bool wired = is_wired_kind(kind) || (footprint.wired && kind == PartKind::led);
  PartShape shape = wired ? wired_part(footprint, kind) : surface_part(footprint, kind);
  take_pads(shape, footprint);
  shape.letter = footprint.letter;
  finish(shape);
  return shape;
}

PartShape solder_side_of(const SeenFootprint& footprint) {
  PartShape shape;
  for (const SeenPad& pad : footprint.pads) {
    if (pad.drill_mm <= 0) continue;
    const Point& at = pad.pad.centre_mm;
    const double across = std::min(pad.pad.width_mm, pad.pad.depth_mm);
    Solid cone = box(at.x(), at.y(), 0.9 * across, 0.9 * across, 0.55, kSolder);
    cone.form = Solid::Form::cylinder;
    cone.bevel_mm = 0.4;
    Solid wire = box(at.x(), at.y(), 0.6 * pad.drill_mm, 0.6 * pad.drill_mm, 1.2, kPin);
    wire.form = Solid::Form::cylinder;
    shape.solids.push_back(cone);
    shape.solids.push_back(wire);
  }
  take_pads(shape, footprint);
  shape.letter = footprint.letter;
  finish(shape);
  return shape;
}

std::string marking_of(PartKind kind, const std::string& value) {
  constexpr std::size_t kMostLetters = 14;
  switch (kind) {
    case PartKind::resistor:
      return resistor_code(value);
    case PartKind::circuit:
    case PartKind::dual_in_line:
    case PartKind::power_tab:
    case PartKind::crystal:
    case PartKind::electrolytic:
    case PartKind::inductor:
      return value.substr(0, std::min(value.find_first_of(" (\n"), kMostLetters));
    default:
      return {};
  }
}

}  // namespace boarddiff::datasets
