// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_design.h"

#include "datasets/place_parts.h"
#include "datasets/route_traces.h"
#include "imaging/base/random.h"

#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Point;
using imaging::Random;

Point turned(const Point& point, double angle_deg) {
  const double angle = angle_deg * std::numbers::pi / 180;
  return {std::cos(angle) * point.x() - std::sin(angle) * point.y(),
          std::sin(angle) * point.x() + std::cos(angle) * point.y()};
}

BoardDesign blank_board(BoardStyle style, Random random) {
  static const std::array<Point, 5> kSizes_mm = {{{120, 90}, {120, 80}, {60, 45}, {60, 45}, {90, 65}}};
  static const std::array<MaskColour, 8> kColours = {{MaskColour::green, MaskColour::green, MaskColour::green,
                                                      MaskColour::blue, MaskColour::blue, MaskColour::red,
                                                      MaskColour::black, MaskColour::white}};
  const Point& size = kSizes_mm[static_cast<std::size_t>(style)];
  BoardDesign design;
  design.width_mm = size.x() * random.uniform(0.93, 1.04);
  design.depth_mm = size.y() * random.uniform(0.93, 1.04);
  design.mask = kColours[static_cast<std::size_t>(random.integer(0, 7))];
  design.gold_pads = random.chance(0.5);
  const double diameter = style == BoardStyle::server ? 4.0 : random.uniform(2.5, 3.2);
  const double inset = diameter / 2 + 1.5;
  for (const double x : {inset, design.width_mm - inset}) {
    for (const double y : {inset, design.depth_mm - inset}) {
      design.holes.push_back({{x, y}, diameter});
    }
  }
  return design;
}

}  // namespace

std::string_view name_of(BoardStyle style) {
  switch (style) {
    case BoardStyle::server:
      return "server";
    case BoardStyle::network_switch:
      return "network-switch";
    case BoardStyle::controller:
      return "controller";
    case BoardStyle::handheld:
      return "handheld";
    case BoardStyle::through_hole:
      return "through-hole";
  }
  return "controller";
}

BoardDesign make_board_design(BoardStyle style, std::uint64_t seed) {
  const Random random = Random(seed).stream("board design").stream(name_of(style));
  BoardDesign design = blank_board(style, random.stream("blank"));
  place_parts(design, style, random.stream("parts"));
  route_traces(design, random.stream("traces"));
  return design;
}

BoardDesign other_side(const BoardDesign& design, BoardStyle style, std::uint64_t seed) {
  const Random random = Random(seed).stream("other side");
  BoardDesign side;
  side.width_mm = design.width_mm;
  side.depth_mm = design.depth_mm;
  side.mask = design.mask;
  side.gold_pads = design.gold_pads;
  const auto mirrored = [&](Disc disc) {
    disc.centre_mm.x() = design.width_mm - disc.centre_mm.x();
    return disc;
  };
  for (const Disc& hole : design.holes) {
    side.holes.push_back(mirrored(hole));
  }
  for (const Disc& via : design.vias) {
    side.vias.push_back(mirrored(via));
  }
  place_parts(side, style, random.stream("parts"));
  route_traces(side, random.stream("traces"));
  return side;
}

PartShape shape_of(const Part& part) { return part.own_shape ? *part.own_shape : shape_of(part.package); }

Point on_board(const Part& part, const Point& point_in_part) {
  return part.centre_mm + part.slip_mm + turned(point_in_part, part.angle_deg + part.slip_deg);
}

Point on_footprint(const Part& part, const Point& point_in_part) {
  return part.centre_mm + turned(point_in_part, part.angle_deg);
}

imaging::Polygon outline_on_board(const Part& part, const imaging::Box& box_in_part) {
  imaging::Polygon outline;
  for (const Point& corner : imaging::corners(box_in_part)) {
    outline.push_back(on_board(part, corner));
  }
  return outline;
}

}  // namespace boarddiff::datasets
