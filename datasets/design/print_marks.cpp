// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/print_marks.h"

#include <cmath>
#include <numbers>

namespace boarddiff::datasets {
namespace {

using imaging::Point;

// Lines in a square from -1 to 1.
class Drawing {
 public:
  Drawing(BoardDesign& design, const imaging::Box& place) : design_(design), place_(place) {}

  void line(const imaging::Polygon& points, double width = 0.09) {
    Trace trace{{}, width * place_.width / 2};
    for (const Point& point : points) {
      trace.points_mm.push_back(place_.centre() + point * place_.width / 2);
    }
    design_.silk_lines.push_back(trace);
  }

  void arc(const Point& middle, double radius, double from_deg, double to_deg, double width = 0.09) {
    imaging::Polygon points;
    constexpr int kSteps = 24;
    for (int i = 0; i <= kSteps; ++i) {
      const double angle = (from_deg + (to_deg - from_deg) * i / kSteps) * std::numbers::pi / 180;
      points.push_back(middle + radius * Point(std::cos(angle), std::sin(angle)));
    }
    line(points, width);
  }

 private:
  BoardDesign& design_;
  const imaging::Box& place_;
};

}  // namespace

void add_symbol(BoardDesign& design, Symbol symbol, const imaging::Box& place_mm) {
  Drawing drawing(design, place_mm);
  switch (symbol) {
    case Symbol::crossed_bin:
      drawing.line({{-0.5, -0.5}, {-0.35, 0.6}, {0.35, 0.6}, {0.5, -0.5}});
      drawing.line({{-0.65, -0.55}, {0.65, -0.55}});
      drawing.line({{-0.85, -0.85}, {0.85, 0.75}});
      drawing.line({{0.85, -0.85}, {-0.85, 0.75}});
      drawing.line({{-0.6, 0.9}, {0.6, 0.9}}, 0.2);
      return;
    case Symbol::static_hazard:
      drawing.line({{0, -0.85}, {0.9, 0.75}, {-0.9, 0.75}, {0, -0.85}}, 0.13);
      drawing.line({{-0.25, 0.45}, {0.1, 0.2}, {0.05, -0.1}, {0.3, 0.4}}, 0.16);
      return;
    case Symbol::lead_free:
      drawing.arc({0, 0}, 0.85, 0, 360, 0.11);
      drawing.line({{-0.6, 0.6}, {0.6, -0.6}});
      design.lettering.push_back({"Pb", place_mm.centre(), 0, 0.4 * place_mm.width});
      return;
    case Symbol::logo:
      drawing.arc({-0.3, 0}, 0.55, 30, 330, 0.26);
      drawing.arc({0.35, 0}, 0.5, -140, 140, 0.26);
      drawing.line({{-0.9, 0.8}, {0.9, 0.8}}, 0.14);
      return;
  }
}

}  // namespace boarddiff::datasets
