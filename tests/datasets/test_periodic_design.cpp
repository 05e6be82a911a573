// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/periodic_design.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::Part;
using datasets::PeriodicDesign;
using datasets::PeriodicSettings;
using imaging::Point;

namespace {

bool holds(const imaging::Box& box, const Point& point) {
  return point.x() > box.x && point.y() > box.y && point.x() < box.x + box.width && point.y() < box.y + box.height;
}

std::vector<Part> parts_in(const PeriodicDesign& design, const imaging::Box& box_mm) {
  std::vector<Part> parts;
  std::copy_if(design.board.parts.begin(), design.board.parts.end(), std::back_inserter(parts),
               [&](const Part& part) { return holds(box_mm, part.centre_mm); });
  return parts;
}

bool is_there(const std::vector<Part>& parts, const Part& wanted, const Point& at_mm) {
  return std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
    return part.package == wanted.package && part.angle_deg == wanted.angle_deg && part.marking == wanted.marking &&
           part.designator == wanted.designator && (part.centre_mm - at_mm).norm() < 1e-9;
  });
}

}  // namespace

TEST_CASE("the field of a periodic board is the same a period further", "[datasets][periodic_design]") {
  const PeriodicSettings settings{.field = GENERATE(from_range(datasets::kRepeatedFields))};
  CAPTURE(name_of(settings.field));
  const PeriodicDesign design = make_periodic_design(settings, 3);
  const std::vector<Part> field = parts_in(design, design.field_mm);
  const imaging::Box period{design.field_mm.x, design.field_mm.y, design.period_mm.x(), design.period_mm.y()};
  const double periods = design.field_mm.area() / period.area();
  CHECK(periods >= 7);
  CHECK(static_cast<double>(field.size()) ==
        Approx(periods * static_cast<double>(parts_in(design, period).size())));  // and nothing else lies in it
  for (const Part& part : field) {
    for (const Point& step : {Point(design.period_mm.x(), 0), Point(0, design.period_mm.y())}) {
      if (holds(design.field_mm, part.centre_mm + step)) CHECK(is_there(field, part, part.centre_mm + step));
    }
  }
}

TEST_CASE("boards with one field have it at different places and share nothing else", "[datasets][periodic_design]") {
  PeriodicSettings settings{.field = datasets::RepeatedField::chips};
  const PeriodicDesign one = make_periodic_design(settings, 4);
  settings.before_mm = {20, 8};
  const PeriodicDesign other = make_periodic_design(settings, 5);
  const Point step(other.field_mm.x - one.field_mm.x, other.field_mm.y - one.field_mm.y);
  const std::vector<Part> field = parts_in(one, one.field_mm);
  CHECK(parts_in(other, other.field_mm).size() == field.size());
  for (const Part& part : field) {
    CHECK(is_there(other.board.parts, part, part.centre_mm + step));
  }
  CHECK(one.board.parts.size() > field.size() + 100);
  const auto common = std::count_if(one.board.parts.begin(), one.board.parts.end(), [&](const Part& part) {
    return is_there(other.board.parts, part, part.centre_mm + step);
  });
  CHECK(static_cast<std::size_t>(common) == field.size());
}
