// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/board_design.h"

#include "datasets/design/board_stock.h"
#include "datasets/design/place_parts.h"
#include "datasets/design/route_traces.h"
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

// A rectangle with rounded corners.
imaging::Polygon make_outline(double width_mm, double depth_mm, Random random) {
  const double radius = random.uniform(0.4, 3);
  const std::array<Point, 4> corners = {{{width_mm, 0}, {width_mm, depth_mm}, {0, depth_mm}, {0, 0}}};
  imaging::Polygon outline;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point inwards(corners[i].x() > 0 ? -1 : 1, corners[i].y() > 0 ? -1 : 1);
    for (int step = 0; step <= 6; ++step) {
      const double angle = (static_cast<double>(i) - 1 + step / 6.0) * std::numbers::pi / 2;
      outline.push_back(corners[i] + radius * inwards + radius * Point(std::cos(angle), std::sin(angle)));
    }
  }
  return outline;
}

BoardDesign blank_board(const BoardStock& stock, Random random) {
  BoardDesign design;
  design.width_mm = stock.size_mm.x() * random.uniform(0.93, 1.04);
  design.depth_mm = stock.size_mm.y() * random.uniform(0.93, 1.04);
  design.outline_mm = make_outline(design.width_mm, design.depth_mm, random.stream("outline"));
  design.mask = stock.masks[static_cast<std::size_t>(random.integer(0, static_cast<int>(stock.masks.size()) - 1))];
  if (stock.any_mask) {
    design.mask_gloss = random.stream("mask gloss").uniform(0.5, 0.92);
    design.flowing_mask = true;
  }
  design.gold_pads = random.chance(0.4);
  const double diameter = design.width_mm > 100 ? 4.0 : random.uniform(2.5, 3.2);
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
    case BoardStyle::motor_drive:
      return "motor-drive";
    case BoardStyle::mixed:
      return "mixed";
  }
  return "controller";
}

BoardDesign make_board_design(BoardStyle style, std::uint64_t seed) {
  const Random random = Random(seed).stream("board design").stream(name_of(style));
  const BoardStock stock = stock_of(style, random.stream("stock"));
  BoardDesign design = blank_board(stock, random.stream("blank"));
  place_parts(design, stock, random.stream("parts"));
  route_traces(design, random.stream("traces"), {}, stock.copper);
  return design;
}

BoardDesign other_side(const BoardDesign& design, BoardStyle style, std::uint64_t seed) {
  const Random random = Random(seed).stream("other side");
  BoardDesign side;
  side.width_mm = design.width_mm;
  side.depth_mm = design.depth_mm;
  for (auto corner = design.outline_mm.rbegin(); corner != design.outline_mm.rend(); ++corner) {
    side.outline_mm.emplace_back(design.width_mm - corner->x(), corner->y());
  }
  side.mask = design.mask;
  side.mask_gloss = design.mask_gloss;
  side.flowing_mask = design.flowing_mask;
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
  BoardStock stock = stock_of(style, random.stream("stock"));
  stock.edge.clear();  // the sockets are on the other side
  place_parts(side, stock, random.stream("parts"));
  route_traces(side, random.stream("traces"), {}, stock.copper);
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
