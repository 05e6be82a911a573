// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/inner_copper.h"

#include "imaging/base/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <utility>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

Random random_of(const BoardDesign& design, std::string_view use) {
  const auto width = std::bit_cast<std::uint64_t>(design.width_mm);
  const auto depth = std::bit_cast<std::uint64_t>(design.depth_mm);
  return Random(imaging::mixed(width, depth)).stream(use);
}

// A number of its own for each place, to a micrometre.
std::uint64_t place_of(const Point& point) {
  return imaging::mixed(static_cast<std::uint64_t>(std::llround(point.x() * 1000)),
                        static_cast<std::uint64_t>(std::llround(point.y() * 1000)));
}

// Straight, then slanting by 45 degrees, as tracks run.
imaging::Polygon bent_way(const Point& from, const Point& to) {
  const Point way = to - from;
  const double slant = std::min(std::abs(way.x()), std::abs(way.y()));
  const Point bend = to - slant * Point(std::copysign(1, way.x()), std::copysign(1, way.y()));
  return {from, bend, to};
}

// From each via to one some way off, chosen by the via's own place: a change elsewhere changes nothing here.
std::vector<Trace> tracks_between(const std::vector<Disc>& vias, double share, const Random& random) {
  std::vector<Trace> traces;
  for (const Disc& via : vias) {
    Random own = random.stream(place_of(via.centre_mm));
    if (!own.chance(share)) continue;
    const double wanted = own.uniform(4, 22);
    const double angle = own.uniform(0, 2 * M_PI);
    const Point aim = via.centre_mm + wanted * Point(std::cos(angle), std::sin(angle));
    const auto nearest = std::min_element(vias.begin(), vias.end(), [&](const Disc& a, const Disc& b) {
      return (a.centre_mm - aim).squaredNorm() < (b.centre_mm - aim).squaredNorm();
    });
    traces.push_back({bent_way(via.centre_mm, nearest->centre_mm), own.chance(0.1) ? 0.4 : 0.14});
  }
  return traces;
}

imaging::Polygon inset_outline(const BoardDesign& design, double inset) {
  return imaging::corners({inset, inset, design.width_mm - 2 * inset, design.depth_mm - 2 * inset});
}

InnerLayer plane_of(const BoardDesign& design, double connected, bool split, const Random& random) {
  InnerLayer layer;
  layer.plane = true;
  for (const Disc& via : design.vias) {
    Random own = random.stream(place_of(via.centre_mm));
    if (!own.chance(connected)) layer.gaps.push_back({via.centre_mm, via.diameter_mm + 0.35});
  }
  for (const Disc& hole : design.holes) {
    layer.gaps.push_back({hole.centre_mm, hole.diameter_mm + 1.2});
  }
  Random own = random.stream("splits");
  for (int i = 0; split && i < 3; ++i) {
    const Point from(own.uniform(0.1, 0.9) * design.width_mm, 0);
    const Point to(own.uniform(0.1, 0.9) * design.width_mm, design.depth_mm);
    const Point bend(from.x(), own.uniform(0.2, 0.7) * design.depth_mm);
    layer.splits.push_back({{from, bend, {to.x(), bend.y()}, to}, 0.4});
  }
  return layer;
}

Part mirrored(Part part, double width_mm) {
  PartShape shape = shape_of(part);
  const auto flip_box = [](imaging::Box box) {
    box.x = -box.x - box.width;
    return box;
  };
  for (std::vector<Solid>* solids : {&shape.solids, &shape.inner}) {
    for (Solid& solid : *solids) {
      solid.centre_mm.x() = -solid.centre_mm.x();
    }
  }
  for (Pad& pad : shape.pads) {
    pad.centre_mm.x() = -pad.centre_mm.x();
  }
  shape.body_mm = flip_box(shape.body_mm);
  shape.courtyard_mm = flip_box(shape.courtyard_mm);
  part.own_shape = std::make_shared<const PartShape>(std::move(shape));
  part.centre_mm.x() = width_mm - part.centre_mm.x();
  part.angle_deg = -part.angle_deg;
  part.slip_mm.x() = -part.slip_mm.x();
  part.slip_deg = -part.slip_deg;
  return part;
}

}  // namespace

std::vector<InnerLayer> inner_layers(const BoardDesign& design) {
  constexpr double kMany = 0.03;  // vias on a square millimetre
  if (static_cast<double>(design.vias.size()) < kMany * design.width_mm * design.depth_mm) return {};
  const Random random = random_of(design, "inner layers");
  std::vector<InnerLayer> layers = {plane_of(design, 0.35, false, random.stream("ground")),
                                    plane_of(design, 0.15, true, random.stream("power"))};
  layers[1].traces = tracks_between(design.vias, 0.12, random.stream("tracks"));
  return layers;
}

BoardDesign plausible_back(const BoardDesign& design) {
  const Random random = random_of(design, "back");
  BoardDesign back;
  back.width_mm = design.width_mm;
  back.depth_mm = design.depth_mm;
  back.outline_mm = design.outline_mm;
  back.pours_mm = {inset_outline(design, 0.5)};
  back.vias = design.vias;
  back.holes = design.holes;
  back.traces = tracks_between(design.vias, 0.3, random.stream("tracks"));
  // Small capacitors and resistors beside vias, none over another.
  constexpr double kApart_mm = 2.4;
  for (const Disc& via : design.vias) {
    Random own = random.stream(place_of(via.centre_mm));
    if (!own.chance(0.06)) continue;
    Part part;
    part.package = own.chance(0.6) ? Package::c0402 : (own.chance(0.5) ? Package::c0603 : Package::r0402);
    part.angle_deg = own.chance(0.5) ? 0 : 90;
    part.centre_mm = via.centre_mm + Point(own.uniform(-1.5, 1.5), own.uniform(-1.5, 1.5));
    const Point& at = part.centre_mm;
    if (std::min({at.x(), at.y(), design.width_mm - at.x(), design.depth_mm - at.y()}) < 2) continue;
    const bool free = std::none_of(back.parts.begin(), back.parts.end(), [&](const Part& other) {
      return (other.centre_mm - part.centre_mm).norm() < kApart_mm;
    });
    if (free) back.parts.push_back(part);
  }
  return back;
}

BoardDesign seen_through(const BoardDesign& back) {
  BoardDesign front = back;
  const auto flip = [&](Point& point) { point.x() = back.width_mm - point.x(); };
  const auto flip_all = [&](imaging::Polygon& polygon) { std::for_each(polygon.begin(), polygon.end(), flip); };
  flip_all(front.outline_mm);
  for (imaging::Polygon& pour : front.pours_mm) flip_all(pour);
  for (Trace& trace : front.traces) flip_all(trace.points_mm);
  for (Wire& wire : front.wires) flip_all(wire.points_mm);
  for (Disc& via : front.vias) flip(via.centre_mm);
  for (Disc& hole : front.holes) flip(hole.centre_mm);
  for (Part& part : front.parts) part = mirrored(std::move(part), back.width_mm);
  return front;
}

}  // namespace boarddiff::datasets
