// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/periodic_design.h"

#include "datasets/design/place_parts.h"
#include "datasets/design/route_traces.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;
using P = Package;

// One period, and how often it comes.
struct Field {
  BoardDesign period = {};
  cv::Size times = {1, 1};
};

BoardDesign empty_period(double width_mm, double depth_mm) {
  BoardDesign period;
  period.width_mm = width_mm;
  period.depth_mm = depth_mm;
  return period;
}

// A part alone in the middle of its period, without a name: what is printed would tell the periods apart.
BoardDesign period_of(Package package, double width_mm, double depth_mm, const Random& random) {
  BoardDesign period = empty_period(width_mm, depth_mm);
  Part part;
  part.package = package;
  part.centre_mm = {width_mm / 2, depth_mm / 2};
  period.parts.push_back(part);
  route_traces(period, random.stream("traces"));
  return period;
}

BoardDesign populated_period(const BoardStock& stock, const Random& random) {
  BoardDesign period = empty_period(stock.size_mm.x(), stock.size_mm.y());
  place_parts(period, stock, random.stream("parts"));
  period.patches.clear();  // a label has a number of its own on every unit
  route_traces(period, random.stream("traces"));
  return period;
}

Field field_of(RepeatedField field, const Random& random) {
  switch (field) {
    case RepeatedField::memory_slots:
      return {period_of(P::dimm_slot, 64.5, 9.5, random), {1, 7}};
    case RepeatedField::pin_headers:
      return {period_of(P::header2x5, 15, 7, random), {5, 9}};
    case RepeatedField::chips: {
      const BoardStock stock{.size_mm = {16, 14},
                             .large = {{P::bga10, 1}},
                             .small = {P::r0402, P::c0402, P::c0402},
                             .rows_per_cm2 = 3,
                             .beside_chips = 12};
      return {populated_period(stock, random), {5, 4}};
    }
    case RepeatedField::modules:
      break;
  }
  const BoardStock stock{.size_mm = {24, 20},
                         .large = {{P::qfn5x5, 1}, {P::soic8, 1}, {P::crystal3225, 1}, {P::sot23, 3}},
                         .small = {P::r0603, P::c0603, P::r0402, P::c0805},
                         .rows_per_cm2 = 3,
                         .beside_chips = 6};
  return {populated_period(stock, random), {4, 3}};
}

imaging::Polygon moved(imaging::Polygon polygon, const Point& by_mm) {
  for (Point& corner : polygon) {
    corner += by_mm;
  }
  return polygon;
}

void add_period(BoardDesign& board, const BoardDesign& period, const Point& at_mm) {
  for (Part part : period.parts) {
    part.centre_mm += at_mm;
    board.parts.push_back(std::move(part));
  }
  for (const Trace& trace : period.traces) {
    board.traces.push_back({moved(trace.points_mm, at_mm), trace.width_mm});
  }
  for (const Trace& line : period.silk_lines) {
    board.silk_lines.push_back({moved(line.points_mm, at_mm), line.width_mm});
  }
  for (const Disc& via : period.vias) {
    board.vias.push_back({via.centre_mm + at_mm, via.diameter_mm});
  }
  for (Lettering lettering : period.lettering) {
    lettering.centre_mm += at_mm;
    board.lettering.push_back(std::move(lettering));
  }
  for (const imaging::Polygon& poured : period.pours_mm) {
    board.pours_mm.push_back(moved(poured, at_mm));
  }
}

// No holes in the corners: they lie alike on boards that have nothing else in common.
BoardDesign surroundings(const PeriodicSettings& settings, const Point& size_mm, const Box& field_mm, Random random) {
  BoardDesign board = empty_period(size_mm.x(), size_mm.y());
  for (const Point& corner : imaging::corners({0, 0, size_mm.x(), size_mm.y()})) {
    board.outline_mm.push_back(corner);
  }
  BoardStock stock = stock_of(settings.around, random.stream("stock"));
  stock.edge.clear();
  board.mask = MaskColour::green;
  board.gold_pads = random.chance(0.4);
  place_parts(board, stock, random.stream("parts"), field_mm);
  route_traces(board, random.stream("traces"), field_mm);
  return board;
}

}  // namespace

std::string_view name_of(RepeatedField field) {
  switch (field) {
    case RepeatedField::memory_slots:
      return "memory-slots";
    case RepeatedField::pin_headers:
      return "pin-headers";
    case RepeatedField::chips:
      return "chips";
    case RepeatedField::modules:
      return "modules";
  }
  return "modules";
}

PeriodicDesign make_periodic_design(const PeriodicSettings& settings, std::uint64_t seed) {
  const Field field =
      field_of(settings.field, Random(settings.field_seed).stream("repeated field").stream(name_of(settings.field)));
  PeriodicDesign design;
  design.period_mm = {field.period.width_mm, field.period.depth_mm};
  const Point extent = design.period_mm.cwiseProduct(Point(field.times.width, field.times.height));
  design.field_mm = {settings.before_mm.x(), settings.before_mm.y(), extent.x(), extent.y()};
  design.board = surroundings(settings, settings.before_mm + extent + settings.after_mm, design.field_mm,
                              Random(seed).stream("periodic design"));
  for (int row = 0; row < field.times.height; ++row) {
    for (int column = 0; column < field.times.width; ++column) {
      add_period(design.board, field.period, settings.before_mm + design.period_mm.cwiseProduct(Point(column, row)));
    }
  }
  return design;
}

}  // namespace boarddiff::datasets
