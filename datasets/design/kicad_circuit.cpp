// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/kicad_circuit.h"

#include "datasets/design/shape_pieces.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

// Where a pad lies against the body.
enum class Seat { under, at_edge, outside };

// How far the pad's middle lies beyond the body, along the side where that is most; that side's direction.
struct Reach {
  double beyond_mm = 0;
  bool along_x = false;
  double side = 1;
};

Reach reach_of(const Pad& pad, const Point& body) {
  const double x = std::abs(pad.centre_mm.x()) - body.x() / 2;
  const double y = std::abs(pad.centre_mm.y()) - body.y() / 2;
  if (x > y) return {x, true, pad.centre_mm.x() < 0 ? -1.0 : 1.0};
  return {y, false, pad.centre_mm.y() < 0 ? -1.0 : 1.0};
}

Seat seat_of(const Pad& pad, const Point& body) {
  const Reach reach = reach_of(pad, body);
  const double length = reach.along_x ? pad.width_mm : pad.depth_mm;
  if (reach.beyond_mm > 0.05) return Seat::outside;
  return reach.beyond_mm + length / 2 > 0.02 ? Seat::at_edge : Seat::under;
}

// A piece that lies across the body's edge: from `from` to `to`, measured outwards from the middle.
Solid across_edge(const Pad& pad, const Reach& reach, double from, double to, double top) {
  const double middle = reach.side * (from + to) / 2;
  const double narrow = 0.8 * (reach.along_x ? pad.depth_mm : pad.width_mm);
  return reach.along_x ? box(middle, pad.centre_mm.y(), to - from, narrow, top, kPin)
                       : box(pad.centre_mm.x(), middle, narrow, to - from, top, kPin);
}

void add_gull_wing(PartShape& shape, const Pad& pad, const Point& body, double top) {
  const Reach reach = reach_of(pad, body);
  const double edge = (reach.along_x ? body.x() : body.y()) / 2;
  const double length = reach.along_x ? pad.width_mm : pad.depth_mm;
  const double toe = edge + reach.beyond_mm + 0.25 * length;
  Solid foot = across_edge(pad, reach, edge - 0.05, toe, 0.3);
  foot.xray = 0.35;
  Solid shoulder = across_edge(pad, reach, edge - 0.1, edge + 0.4 * (toe - edge), std::min(0.7, 0.6 * top));
  shoulder.xray = 0.2;
  Solid finger = across_edge(pad, reach, 0.6 * edge, edge, 0.1);
  finger.xray = 0.28;
  shape.solids.push_back(foot);
  shape.solids.push_back(shoulder);
  shape.inner.push_back(finger);
}

void add_edge_solder(PartShape& shape, const Pad& pad, const Point& body) {
  const Reach reach = reach_of(pad, body);
  const double edge = (reach.along_x ? body.x() : body.y()) / 2;
  Solid solder = across_edge(pad, reach, edge - 0.15, edge + 0.12, 0.18);
  solder.finish = kSolder;
  shape.solids.push_back(solder);
}

void add_ball(PartShape& shape, const Pad& pad) {
  const double diameter = 1.15 * std::min(pad.width_mm, pad.depth_mm);
  Solid ball = box(pad.centre_mm.x(), pad.centre_mm.y(), diameter, diameter, 0.4, kSolder);
  ball.form = Solid::Form::cylinder;
  ball.xray = 0.6;
  shape.inner.push_back(ball);
}

double top_of(const SeenFootprint& footprint, bool balls, bool wings) {
  const double least = footprint.body_mm.minCoeff();
  if (balls) return 1.4;
  if (!wings) return 0.85;
  if (footprint.name.find("ssop") != std::string::npos) return 1.1;
  return std::clamp(0.7 + 0.2 * least, 0.6, least > 8 && footprint.pads.size() < 10 ? 4.4 : 1.6);
}

void add_mould(PartShape& shape, const SeenFootprint& footprint, double top) {
  const Point& body = footprint.body_mm;
  Solid mould = box(0, 0, body.x(), body.y(), top, kMould);
  mould.tinted = true;
  mould.bevel_mm = std::min(0.18, 0.1 * body.minCoeff());
  shape.solids.push_back(mould);
  const auto first =
      std::find_if(footprint.pads.begin(), footprint.pads.end(), [](const SeenPad& pad) { return pad.first; });
  if (first == footprint.pads.end() || body.minCoeff() < 1.8) return;
  // A dot in the corner at pin 1.
  const double size = std::clamp(0.1 * body.minCoeff(), 0.25, 0.8);
  const Point corner(std::copysign(body.x() / 2 - 1.3 * size, first->pad.centre_mm.x()),
                     std::copysign(body.y() / 2 - 1.3 * size, first->pad.centre_mm.y()));
  Solid dot = box(corner.x(), corner.y(), size, size, 0.98 * top, {{58, 56, 56}, 90, 0});
  dot.form = Solid::Form::cylinder;
  dot.xray = 0;
  shape.solids.push_back(dot);
}

}  // namespace

PartShape circuit_on(const SeenFootprint& footprint) {
  PartShape shape;
  const Point& body = footprint.body_mm;
  bool wings = false;
  std::size_t under = 0;
  for (const SeenPad& pad : footprint.pads) {
    const Seat seat = seat_of(pad.pad, body);
    wings = wings || seat == Seat::outside;
    under += seat == Seat::under ? 1 : 0;
  }
  const bool balls = under >= 4 && 2 * under > footprint.pads.size();
  const double top = top_of(footprint, balls, wings);
  for (const SeenPad& pad : footprint.pads) {
    const Seat seat = seat_of(pad.pad, body);
    if (seat == Seat::outside) add_gull_wing(shape, pad.pad, body, top);
    if (seat == Seat::at_edge) add_edge_solder(shape, pad.pad, body);
    if (seat == Seat::under && balls) add_ball(shape, pad.pad);
  }
  if (balls) {
    shape.solids.push_back(box(0, 0, body.x(), body.y(), 0.75, {{52, 92, 44}, 90, 0}));
    SeenFootprint lid = footprint;
    lid.body_mm -= Point(0.6, 0.6).cwiseMin(0.2 * body);
    add_mould(shape, lid, top);
  } else {
    add_mould(shape, footprint, top);
  }
  Solid die = box(0, 0, 0.42 * body.x(), 0.42 * body.y(), 0.4, kMould);
  die.xray = 0.25;
  shape.inner.push_back(die);
  set_text(shape, 0.84 * body.x(), 0.6 * body.y(), {168, 172, 172});
  return shape;
}

}  // namespace boarddiff::datasets
