// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/kicad_print.h"

#include "datasets/design/seen_footprint.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {
namespace {

using compare::KicadFootprint;
using compare::KicadGraphic;
using compare::KicadSide;
using compare::KicadText;
using imaging::Point;
using imaging::Polygon;

constexpr double kThinnest_mm = 0.1;  // what a printer of legends can do
constexpr double kHatch_mm = 0.12;
constexpr std::size_t kMostLines = 200'000;  // beyond which areas stay outlines

class Printer {
 public:
  Printer(BoardDesign& design, KicadSide side) : design_(design), side_(side) {}

  void print(const KicadGraphic& graphic, const KicadFootprint* owner) {
    if (graphic.layer != layer() || graphic.points_mm.size() < 2) return;
    Polygon points;
    for (const Point& point : graphic.points_mm) {
      points.push_back(seen(owner != nullptr ? owner->on_board(point) : point, side_, design_.width_mm));
    }
    if (graphic.filled) hatch(points);
    if (graphic.closed) points.push_back(points.front());
    design_.silk_lines.push_back({std::move(points), std::max(graphic.width_mm, kThinnest_mm)});
  }

  void print(const KicadText& text, const KicadFootprint* owner) {
    if (text.layer != layer() || text.hidden) return;
    const Point anchor =
        seen(owner != nullptr ? owner->on_board(text.anchor_mm) : text.anchor_mm, side_, design_.width_mm);
    const double on_board = text.angle_deg + (owner != nullptr ? owner->angle_deg : 0);
    const double angle = side_ == KicadSide::front ? on_board : -on_board;
    std::vector<std::string> lines;
    std::istringstream stream(text.text);
    for (std::string line; std::getline(stream, line);) {
      lines.push_back(plain(line));
    }
    const double pitch = 1.6 * text.height_mm;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      // The anchor is at the middle of the block of text unless aligned; letters are about 0.85 as wide as high.
      const double length = 0.85 * text.height_mm * static_cast<double>(lines[i].size());
      const double below = static_cast<double>(i) - static_cast<double>(lines.size() - 1) / 2;
      const double block = text.height_mm + pitch * static_cast<double>(lines.size() - 1);
      const Point off(-text.align_x * length / 2, below * pitch - text.align_y * block / 2);
      if (lines[i].empty()) continue;
      // A Lettering's height is that of its line; its capitals have 0.8 of it.
      design_.lettering.push_back({lines[i], anchor + turned(off, angle), angle, text.height_mm / 0.8});
    }
  }

 private:
  [[nodiscard]] std::string_view layer() const { return side_ == KicadSide::front ? "F.SilkS" : "B.SilkS"; }

  static Point turned(const Point& point, double angle_deg) {
    const double angle = angle_deg * std::numbers::pi / 180;
    return {std::cos(angle) * point.x() - std::sin(angle) * point.y(),
            std::sin(angle) * point.x() + std::cos(angle) * point.y()};
  }

  // Letters that the renderer's strokes have; marks of lines above letters (~{RESET}) go.
  static std::string plain(const std::string& text) {
    std::string letters;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto letter = static_cast<unsigned char>(text[i]);
      if (letter == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xB5) {
        letters += 'u';
        ++i;
      } else if (letter >= 32 && letter < 127 && letter != '~' && letter != '{' && letter != '}') {
        letters += text[i];
      }
    }
    return letters;
  }

  void hatch(const Polygon& outline) {
    const imaging::Box box = imaging::bounding_box(outline);
    if (box.height > 100 || outline.size() > 2000 || design_.silk_lines.size() > kMostLines) return;
    const int rows = static_cast<int>(box.height / kHatch_mm);
    for (int row = 0; row <= rows; ++row) {
      const double y = box.y + (row + 0.5) * kHatch_mm;
      std::vector<double> crossings;
      for (std::size_t i = 0; i < outline.size(); ++i) {
        const Point& a = outline[i];
        const Point& b = outline[(i + 1) % outline.size()];
        if ((a.y() > y) != (b.y() > y)) crossings.push_back(a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
      }
      std::sort(crossings.begin(), crossings.end());
      for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        design_.silk_lines.push_back({{{crossings[i], y}, {crossings[i + 1], y}}, 1.3 * kHatch_mm});
      }
    }
  }

  BoardDesign& design_;
  KicadSide side_;
};

}  // namespace

void add_print(BoardDesign& design, const compare::KicadBoard& board, KicadSide side) {
  Printer printer(design, side);
  for (const KicadGraphic& graphic : board.graphics) {
    printer.print(graphic, nullptr);
  }
  for (const KicadText& text : board.texts) {
    printer.print(text, nullptr);
  }
  for (const KicadFootprint& footprint : board.footprints) {
    for (const KicadGraphic& graphic : footprint.graphics) {
      printer.print(graphic, &footprint);
    }
    for (const KicadText& text : footprint.texts) {
      printer.print(text, &footprint);
    }
  }
}

}  // namespace boarddiff::datasets
