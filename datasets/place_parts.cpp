// SPDX-License-Identifier: Apache-2.0
#include "datasets/place_parts.h"

#include "datasets/occupancy.h"

#include <array>
#include <cmath>
#include <map>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

struct Stock {
  std::vector<std::pair<Package, int>> large = {};  // placed first, each so many times
  std::vector<Package> small = {};                  // placed in rows until the share is reached
  double groups_per_cm2 = 1;
};

Stock stock_of(BoardStyle style) {
  using P = Package;
  switch (style) {
    case BoardStyle::controller:
      return {{{P::connector_metal, 1},
               {P::connector_white, 2},
               {P::qfp48, 1},
               {P::header2x5, 1},
               {P::soic8, 3},
               {P::crystal_can, 1},
               {P::electrolytic6, 3},
               {P::inductor7, 1},
               {P::soic16, 1},
               {P::sot23, 7},
               {P::qfn5x5, 1},
               {P::header1x4, 1}},
              {P::r0603, P::r0603, P::c0603, P::c0805, P::r0805, P::r0402, P::c0402, P::led0603},
              2.2};
    case BoardStyle::handheld:
      return {{{P::bga17, 1},
               {P::bga10, 3},
               {P::qfn5x5, 3},
               {P::connector_metal, 1},
               {P::qfn3x3, 5},
               {P::crystal3225, 3},
               {P::inductor4, 5},
               {P::soic8, 2},
               {P::sot23, 10}},
              {P::r0402, P::c0402, P::r0402, P::c0402, P::c0402, P::r0603, P::c0603, P::c0805},
              5.5};
    case BoardStyle::through_hole:
    case BoardStyle::network_switch:
    case BoardStyle::server:
      return {{{P::dimm_slot, 3},
               {P::bga27, 1},
               {P::connector_metal, 3},
               {P::bga17, 1},
               {P::qfp100, 1},
               {P::electrolytic8, 5},
               {P::inductor7, 5},
               {P::header2x5, 2},
               {P::bga10, 2},
               {P::connector_white, 2},
               {P::qfp48, 2},
               {P::soic16, 3},
               {P::soic8, 8},
               {P::qfn5x5, 5},
               {P::qfn3x3, 5},
               {P::inductor4, 4},
               {P::crystal3225, 3},
               {P::sot23, 22},
               {P::header1x4, 2}},
              {P::r0402, P::c0402, P::r0402, P::c0402, P::r0603, P::c0603, P::c0805, P::r0805, P::c1210, P::led0603},
              3.2};
  }
  return {};
}

std::string part_code(Random& random, int letters, int digits) {
  std::string code;
  for (int i = 0; i < letters; ++i) {
    code += static_cast<char>('A' + random.integer(0, 25));
  }
  for (int i = 0; i < digits; ++i) {
    code += static_cast<char>('0' + random.integer(0, 9));
  }
  return code;
}

std::string marking_of(Package package, Random& random) {
  static const std::array<const char*, 8> kValues = {"103", "472", "1002", "000", "221", "4R7", "100", "33"};
  std::string value = kValues[static_cast<std::size_t>(random.integer(0, 7))];
  switch (package) {
    case Package::r0603:
    case Package::r0805:
    case Package::inductor4:
    case Package::inductor7:
      return value;
    case Package::sot23:
      return part_code(random, 1, 2);
    case Package::electrolytic6:
    case Package::electrolytic8:
      return value + "\n" + std::to_string(random.integer(6, 50)) + "V\n" + part_code(random, 2, 0);
    case Package::crystal3225:
    case Package::crystal_can:
      return std::to_string(random.integer(8, 48)) + ".000";
    default:
      return part_code(random, random.integer(1, 3), random.integer(3, 5)) + "\n" + part_code(random, 1, 3) +
             part_code(random, 2, 0) + "\n" + std::to_string(random.integer(19, 25)) +
             std::to_string(random.integer(10, 52)) + " " + part_code(random, 1, 0);
  }
}

// Places parts one after the other on free ground.
class Placer {
 public:
  Placer(BoardDesign& design, Random random)
      : design_(design), random_(random), ground_(design.width_mm, design.depth_mm, 0.2) {
    for (const Disc& hole : design.holes) {
      const double side = hole.diameter_mm + 2.4;
      ground_.take({hole.centre_mm.x() - side / 2, hole.centre_mm.y() - side / 2, side, side});
    }
  }

  bool put(Package package, const Point& centre_mm, double angle_deg, double margin_mm) {
    Part part;
    part.package = package;
    part.centre_mm = centre_mm;
    part.angle_deg = angle_deg;
    const PartShape shape = shape_of(package);
    const Box box = imaging::grown(imaging::bounding_box(outline_on_board(part, shape.courtyard_mm)), margin_mm);
    if (!ground_.is_free(box)) return false;
    ground_.take(box);
    part.designator = shape.letter + std::to_string(++count_[shape.letter]);
    part.tone = random_.normal() * 0.3;
    part.marking = shape.text_width_mm > 0 ? marking_of(package, random_) : "";
    design_.parts.push_back(part);
    return true;
  }

  void put_somewhere(Package package) {
    const PartShape shape = shape_of(package);
    const bool at_edge = package == Package::connector_metal || package == Package::connector_white;
    for (int attempt = 0; attempt < 120; ++attempt) {
      double angle = 90.0 * random_.integer(0, 3);
      if (package == Package::dimm_slot) angle = 0;
      Point at(random_.uniform(2, design_.width_mm - 2), random_.uniform(2, design_.depth_mm - 2));
      if (at_edge) at = edge_point(shape, angle);
      at = {std::round(at.x() * 4) / 4, std::round(at.y() * 4) / 4};
      if (put(package, at, angle, shape.top_mm > 3 ? 1.0 : 0.7)) {
        label(design_.parts.back());
        return;
      }
    }
  }

  // A row of equal parts side by side, as decoupling and pull-up rows are.
  void put_row(Package package) {
    const PartShape shape = shape_of(package);
    const bool upright = random_.chance(0.5);
    const double pitch = shape.courtyard_mm.height + random_.uniform(0.35, 0.8);
    const int wanted = random_.integer(1, 7);
    const bool unpopulated_row = random_.chance(0.08);
    // A row that did not find room for its first part begins elsewhere.
    for (int attempt = 0, placed = 0; attempt < 12 && placed == 0; ++attempt) {
      const Point first(random_.uniform(1.5, design_.width_mm - 1.5), random_.uniform(1.5, design_.depth_mm - 1.5));
      const Point along = upright ? Point(pitch, 0) : Point(0, pitch);
      while (placed < wanted && put(package, first + placed * along, upright ? 90 : 0, 0.12)) {
        design_.parts.back().populated = !unpopulated_row && !random_.chance(0.04);
        ++placed;
      }
      for (int i = placed; i > 0; --i) {
        label(design_.parts[design_.parts.size() - static_cast<std::size_t>(i)]);
      }
    }
  }

  // A short name beside the part where there is room.
  void label(const Part& part) {
    const Box body = imaging::bounding_box(outline_on_board(part, shape_of(part).courtyard_mm));
    const double height = body.area() > 8 ? 1.1 : 0.75;
    const double width = 0.8 * height * static_cast<double>(part.designator.size());
    const std::array<Box, 4> places = {{{body.x, body.y - height - 0.3, width, height},
                                        {body.x, body.y + body.height + 0.3, width, height},
                                        {body.x + body.width + 0.3, body.y, height, width},
                                        {body.x - height - 0.3, body.y, height, width}}};
    for (const Box& place : places) {
      if (!ground_.is_free(place)) continue;
      ground_.take(place);
      design_.lettering.push_back({part.designator, place.centre(), place.width < place.height ? -90.0 : 0.0, height});
      return;
    }
  }

  // A paper label with a bar code, on free ground or nowhere.
  void stick_label(const std::string& serial) {
    const Box place{random_.uniform(2, design_.width_mm - 13), random_.uniform(2, design_.depth_mm - 8), 11, 5};
    if (!ground_.is_free(place)) return;
    ground_.take(place);
    design_.patches.push_back({.centre_mm = place.centre(),
                               .width_mm = place.width,
                               .depth_mm = place.height,
                               .thickness_mm = 0.1,
                               .finish = {{232, 236, 236}, 40, 0},
                               .text = serial,
                               .code = serial});
  }

  void print_name(const std::string& text, double height_mm) {
    const double width = 0.8 * height_mm * static_cast<double>(text.size());
    for (int attempt = 0; attempt < 60; ++attempt) {
      const Box place{random_.uniform(1, design_.width_mm - width - 1), random_.uniform(1, design_.depth_mm - 3), width,
                      height_mm};
      if (!ground_.is_free(place)) continue;
      ground_.take(place);
      design_.lettering.push_back({text, place.centre(), 0, height_mm});
      return;
    }
  }

 private:
  // Pins of edge connectors look inwards: turned so that the part's lower side lies at the board's edge.
  Point edge_point(const PartShape& shape, double angle_deg) {
    const double inset = shape.courtyard_mm.y + shape.courtyard_mm.height + 0.9;
    const double across = random_.uniform(0.1, 0.9);
    const int side = static_cast<int>(std::lround(angle_deg / 90)) & 3;
    if (side == 0) return {across * design_.width_mm, design_.depth_mm - inset};
    if (side == 1) return {inset, across * design_.depth_mm};
    if (side == 2) return {across * design_.width_mm, inset};
    return {design_.width_mm - inset, across * design_.depth_mm};
  }

  BoardDesign& design_;
  Random random_;
  Occupancy ground_;
  std::map<char, int> count_ = {};
};

}  // namespace

void place_parts(BoardDesign& design, BoardStyle style, const Random& random) {
  const Stock stock = stock_of(style);
  Random names = random.stream("names");
  Placer placer(design, random.stream("placement"));
  for (const auto& [package, count] : stock.large) {
    for (int i = 0; i < count; ++i) {
      placer.put_somewhere(package);
    }
  }
  placer.print_name(part_code(names, 3, 3) + "-" + part_code(names, 1, 2), 2.0);
  placer.print_name("REV " + part_code(names, 1, 1), 1.5);
  placer.print_name("(C) 20" + std::to_string(names.integer(16, 25)), 1.2);
  for (int attempt = 0; attempt < 4; ++attempt) {
    if (design.patches.empty()) placer.stick_label("SN" + part_code(names, 2, 7));
  }
  Random rows = random.stream("rows");
  const int groups = static_cast<int>(stock.groups_per_cm2 * design.width_mm * design.depth_mm / 100);
  for (int i = 0; i < groups; ++i) {
    placer.put_row(stock.small[static_cast<std::size_t>(rows.integer(0, static_cast<int>(stock.small.size()) - 1))]);
  }
}

}  // namespace boarddiff::datasets
