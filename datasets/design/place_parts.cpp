// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/place_parts.h"

#include "datasets/design/occupancy.h"
#include "datasets/design/part_markings.h"
#include "datasets/design/print_marks.h"

#include <array>
#include <cmath>
#include <map>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Point;
using imaging::Random;

// Parts are drawn into a grid of a quarter of a millimetre, as layout programs do.
Point on_grid(const Point& at) { return {std::round(at.x() * 4) / 4, std::round(at.y() * 4) / 4}; }

// Places parts one after the other on free ground.
class Placer {
 public:
  Placer(BoardDesign& design, const BoardStock& stock, Random random, const Box& kept_free_mm)
      : design_(design), stock_(stock), random_(random), ground_(design.width_mm, design.depth_mm, 0.2) {
    if (kept_free_mm.area() > 0) ground_.take(kept_free_mm);
    for (const Disc& hole : design.holes) {
      const double side = hole.diameter_mm + 2.4;
      ground_.take({hole.centre_mm.x() - side / 2, hole.centre_mm.y() - side / 2, side, side});
    }
  }

  // Sockets one beside the other along the left edge, their openings flush with it.
  void line_edge() {
    double from = random_.uniform(7.5, 10);  // beyond the hole in the corner
    for (const Package package : stock_.edge) {
      const Box shape = shape_of(package).courtyard_mm;
      const double inset = shape.y + shape.height + 0.2;
      for (; from + shape.width < design_.depth_mm - 7; from += 1) {
        if (!put(package, on_grid({inset, from + shape.width / 2}) + Point(0.1, 0), 90, 0.2)) continue;
        label(design_.parts.back());
        from += shape.width + random_.uniform(1, 3.5);
        break;
      }
    }
  }

  void put_item(const StockItem& item) {
    if (item.in_a_gang && put_gang(item)) return;
    for (int i = 0; i < item.count; ++i) {
      put_somewhere(item.package);
    }
  }

  // Small parts in a line along one side of a chip, as close as decoupling wants them.
  void surround(const Part& chip) {
    const Box body = imaging::bounding_box(outline_on_board(chip, shape_of(chip).courtyard_mm));
    const int wanted = random_.integer(stock_.beside_chips / 3, stock_.beside_chips);
    for (int side = 0, placed = 0; side < 4 && placed < wanted; ++side) {
      const Package package = a_small_one();
      const Box shape = shape_of(package).courtyard_mm;
      const bool above_or_below = side % 2 == 0;
      const double run = above_or_below ? body.width : body.height;
      const double off = shape.width / 2 + random_.uniform(0.5, 1.6);
      const double pitch = shape.height + random_.uniform(0.3, 1.2);
      for (double along = -run / 2 + shape.height; along < run / 2 && placed < wanted; along += pitch) {
        if (random_.chance(0.25)) continue;
        const Point centre = body.centre();
        const Point at = above_or_below
                             ? Point(centre.x() + along, side == 0 ? body.y - off : body.y + body.height + off)
                             : Point(side == 1 ? body.x - off : body.x + body.width + off, centre.y() + along);
        if (!put(package, on_grid(at), above_or_below ? 90 : 0, 0.12)) continue;
        design_.parts.back().populated = !random_.chance(0.05);
        ++placed;
      }
    }
  }

  // A row of equal parts side by side, as decoupling and pull-up rows are; now and then two rows.
  void put_row() {
    const Package package = a_small_one();
    const Box shape = shape_of(package).courtyard_mm;
    const bool upright = random_.chance(0.5);
    const double pitch = shape.height + random_.uniform(0.3, 0.7);
    const int wanted = random_.integer(1, 8);
    const int rows = random_.chance(0.3) ? 2 : 1;
    const bool unpopulated_row = random_.chance(0.08);
    const Point along = upright ? Point(pitch, 0) : Point(0, pitch);
    const Point across = (shape.width + 0.6) * (upright ? Point(0, 1) : Point(1, 0));
    // A row that did not find room for its first part begins elsewhere.
    for (int attempt = 0, placed = 0; attempt < 40 && placed == 0; ++attempt) {
      const Point first(random_.uniform(1.5, design_.width_mm - 1.5), random_.uniform(1.5, design_.depth_mm - 1.5));
      for (int row = 0; row < rows; ++row) {
        for (int i = 0; i < wanted && put(package, first + row * across + i * along, upright ? 90 : 0, 0.12); ++i) {
          design_.parts.back().populated = !unpopulated_row && !random_.chance(0.04);
          ++placed;
        }
      }
    }
  }

  // A paper label with a bar code, on free ground or nowhere.
  void stick_label(const std::string& serial) {
    const bool square = random_.chance(0.25);
    const Point size = square ? Point(6.5, 6.5) : Point(random_.uniform(11, 16), random_.uniform(4.5, 6.5));
    const Box place{random_.uniform(2, design_.width_mm - size.x() - 2),
                    random_.uniform(2, design_.depth_mm - size.y() - 2), size.x(), size.y()};
    if (!ground_.is_free(place)) return;
    ground_.take(place);
    design_.patches.push_back({.centre_mm = place.centre(),
                               .width_mm = place.width,
                               .depth_mm = place.height,
                               .angle_deg = random_.chance(0.2) ? 180.0 : 0.0,
                               .thickness_mm = 0.1,
                               .finish = {{226, 230, 231}, 50, 0},
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

  void print_symbol(Symbol symbol) {
    const double side = random_.uniform(3, 5);
    for (int attempt = 0; attempt < 30; ++attempt) {
      const Box place{random_.uniform(1, design_.width_mm - side - 1), random_.uniform(1, design_.depth_mm - side - 1),
                      side, side};
      if (!ground_.is_free(place)) continue;
      ground_.take(place);
      add_symbol(design_, symbol, place);
      return;
    }
  }

  // Designators where there is room, the large parts' first.
  void label_all() {
    for (const bool large : {true, false}) {
      for (const Part& part : std::vector<Part>(design_.parts)) {
        if ((shape_of(part).courtyard_mm.area() > 8) == large && !labelled_[part.designator]) label(part);
      }
    }
  }

 private:
  bool put(Package package, const Point& centre_mm, double angle_deg, double margin_mm) {
    Part part;
    part.package = package;
    part.centre_mm = centre_mm;
    part.angle_deg = angle_deg;
    const PartShape shape = shape_of(package);
    const Box box = imaging::bounding_box(outline_on_board(part, shape.courtyard_mm));
    const Box kept_free =
        imaging::intersection(imaging::grown(box, margin_mm), {0, 0, design_.width_mm - 0.21, design_.depth_mm - 0.21});
    if (!ground_.is_free(box) || !ground_.is_free(kept_free)) return false;
    ground_.take(kept_free);
    part.designator = shape.letter + std::to_string(++count_[shape.letter]);
    part.tone = random_.normal() * 0.3;
    part.marking = shape.text_width_mm > 0 ? marking_of(package, random_) : "";
    design_.parts.push_back(part);
    return true;
  }

  bool put_gang(const StockItem& item) {
    const Box shape = shape_of(item.package).courtyard_mm;
    const double gap = shape.area() > 60 ? random_.uniform(1.2, 3) : random_.uniform(0.8, 1.6);
    for (int attempt = 0; attempt < 160; ++attempt) {
      const double angle = shape.width > 40 ? 0 : 90.0 * random_.integer(0, 1);
      const Point along = angle == 0 ? Point(0, shape.height + gap) : Point(shape.height + gap, 0);
      const Point first = on_grid({random_.uniform(2, design_.width_mm - 2), random_.uniform(2, design_.depth_mm - 2)});
      bool all = true;
      for (int i = 0; i < item.count && all; ++i) {
        Part part;
        part.package = item.package;
        part.centre_mm = first + i * along;
        part.angle_deg = angle;
        all = ground_.is_free(imaging::grown(imaging::bounding_box(outline_on_board(part, shape)), 0.5));
      }
      if (!all) continue;
      for (int i = 0; i < item.count; ++i) {
        put(item.package, first + i * along, angle, 0.4);
      }
      return true;
    }
    return false;
  }

  void put_somewhere(Package package) {
    const PartShape shape = shape_of(package);
    const bool to_edge = shape.top_mm > 5 && shape.courtyard_mm.area() > 80 && shape.courtyard_mm.area() < 700;
    for (int attempt = 0; attempt < 140; ++attempt) {
      const double angle = 90.0 * random_.integer(0, shape.courtyard_mm.width > 50 ? 0 : 3);
      Point at(random_.uniform(2, design_.width_mm - 2), random_.uniform(2, design_.depth_mm - 2));
      if (to_edge && attempt < 70) at = edge_point(shape, angle);
      if (put(package, on_grid(at), angle, shape.top_mm > 3 ? 0.8 : 0.5)) return;
    }
  }

  // Turned so that the part's lower side lies at the board's edge.
  Point edge_point(const PartShape& shape, double angle_deg) {
    const double inset = shape.courtyard_mm.y + shape.courtyard_mm.height + 0.9;
    const double across = random_.uniform(0.1, 0.9);
    const int side = static_cast<int>(std::lround(angle_deg / 90)) & 3;
    if (side == 0) return {across * design_.width_mm, design_.depth_mm - inset};
    if (side == 1) return {inset, across * design_.depth_mm};
    if (side == 2) return {across * design_.width_mm, inset};
    return {design_.width_mm - inset, across * design_.depth_mm};
  }

  Package a_small_one() {
    return stock_.small[static_cast<std::size_t>(random_.integer(0, static_cast<int>(stock_.small.size()) - 1))];
  }

  // A short name beside the part where there is room.
  void label(const Part& part) {
    const Box body = imaging::bounding_box(outline_on_board(part, shape_of(part).courtyard_mm));
    const double height = body.area() > 8 ? std::max(0.9, 1.2 * stock_.label_height_mm) : stock_.label_height_mm;
    const double width = 0.8 * height * static_cast<double>(part.designator.size());
    const std::array<Box, 6> places = {{{body.centre().x() - width / 2, body.y - height - 0.25, width, height},
                                        {body.centre().x() - width / 2, body.y + body.height + 0.25, width, height},
                                        {body.x + body.width + 0.25, body.centre().y() - width / 2, height, width},
                                        {body.x - height - 0.25, body.centre().y() - width / 2, height, width},
                                        {body.x + body.width + 0.25, body.centre().y() - height / 2, width, height},
                                        {body.x - width - 0.25, body.centre().y() - height / 2, width, height}}};
    for (const Box& place : places) {
      if (!ground_.is_free(place)) continue;
      ground_.take(place);
      labelled_[part.designator] = true;
      design_.lettering.push_back({part.designator, place.centre(), place.width < place.height ? -90.0 : 0.0, height});
      return;
    }
  }

  BoardDesign& design_;
  const BoardStock& stock_;
  Random random_;
  Occupancy ground_;
  std::map<char, int> count_ = {};
  std::map<std::string, bool> labelled_ = {};
};

}  // namespace

void place_parts(BoardDesign& design, const BoardStock& stock, const Random& random, const Box& kept_free_mm) {
  Random names = random.stream("names");
  Placer placer(design, stock, random.stream("placement"), kept_free_mm);
  design.boxed_silk = stock.boxed_silk;
  placer.line_edge();
  for (const StockItem& item : stock.large) {
    placer.put_item(item);
  }
  placer.print_name(part_code(names, 3, 3) + "-" + part_code(names, 1, 2), names.uniform(1.8, 3.2));
  placer.print_name("REV " + part_code(names, 1, 1), 1.5);
  placer.print_name("(C) 20" + std::to_string(names.integer(16, 25)), 1.2);
  for (int attempt = 0; attempt < 6; ++attempt) {
    if (design.patches.empty()) placer.stick_label("SN" + part_code(names, 2, 7));
  }
  for (const Part& part : std::vector<Part>(design.parts)) {
    const PartShape shape = shape_of(part);
    if ((shape.letter == 'U' && shape.courtyard_mm.area() > 6) || shape.letter == 'E') placer.surround(part);
  }
  const int rows = static_cast<int>(stock.rows_per_cm2 * design.width_mm * design.depth_mm / 100);
  for (int i = 0; i < rows; ++i) {
    placer.put_row();
  }
  placer.label_all();
  for (const Symbol symbol : {Symbol::crossed_bin, Symbol::static_hazard, Symbol::lead_free, Symbol::logo}) {
    placer.print_symbol(symbol);
  }
}

}  // namespace boarddiff::datasets
