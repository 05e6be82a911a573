// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/board_design.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::BoardStyle;
using datasets::Part;

namespace {

imaging::Box ground_of(const Part& part) {
  return imaging::bounding_box(outline_on_board(part, shape_of(part.package).courtyard_mm));
}

}  // namespace

TEST_CASE("the same seed gives the same board and another seed another layout", "[datasets][board_design]") {
  const BoardStyle style = GENERATE(from_range(datasets::kBoardStyles));
  const BoardDesign first = make_board_design(style, 5);
  const BoardDesign again = make_board_design(style, 5);
  const BoardDesign other = make_board_design(style, 6);
  REQUIRE(first.parts.size() == again.parts.size());
  std::size_t same_place = 0;
  for (std::size_t i = 0; i < first.parts.size(); ++i) {
    CHECK(first.parts[i].centre_mm == again.parts[i].centre_mm);
    if (i < other.parts.size() && (first.parts[i].centre_mm - other.parts[i].centre_mm).norm() < 1) ++same_place;
  }
  CHECK(same_place < first.parts.size() / 10);
}

TEST_CASE("every style is well populated", "[datasets][board_design]") {
  const auto [style, least] = GENERATE(table<BoardStyle, std::size_t>({{BoardStyle::controller, 90},
                                                                       {BoardStyle::handheld, 110},
                                                                       {BoardStyle::server, 250},
                                                                       {BoardStyle::network_switch, 200},
                                                                       {BoardStyle::through_hole, 40},
                                                                       {BoardStyle::motor_drive, 100}}));
  const BoardDesign design = make_board_design(style, 2);
  CHECK(design.parts.size() >= least);
  CHECK(design.traces.size() > design.parts.size());
  CHECK(design.lettering.size() > least / 4);
}

TEST_CASE("mixed boards differ in size, colour, density and parts", "[datasets][board_design]") {
  std::set<datasets::MaskColour> masks;
  std::set<datasets::Package> packages;
  std::vector<double> densities;
  std::set<double> glosses;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const BoardDesign design = make_board_design(BoardStyle::mixed, seed);
    masks.insert(design.mask);
    glosses.insert(design.mask_gloss.value());
    CHECK(design.flowing_mask);
    for (const Part& part : design.parts) packages.insert(part.package);
    densities.push_back(static_cast<double>(design.parts.size()) / (design.width_mm * design.depth_mm));
  }
  CHECK(masks.size() >= 4);
  CHECK(*glosses.rbegin() > *glosses.begin() + 0.2);
  CHECK(packages.count(datasets::Package::dip16) == 1);
  CHECK(packages.count(datasets::Package::qfn5x5) == 1);
  const auto [least, most] = std::minmax_element(densities.begin(), densities.end());
  CHECK(*most > 3 * *least);
}

TEST_CASE("parts lie on the board and do not overlap", "[datasets][board_design]") {
  const BoardStyle style = GENERATE(from_range(datasets::kBoardStyles));
  const BoardDesign design = make_board_design(style, GENERATE(1U, 2U));
  const imaging::Box board{0, 0, design.width_mm, design.depth_mm};
  std::vector<imaging::Box> grounds;
  for (const Part& part : design.parts) {
    grounds.push_back(ground_of(part));
  }
  for (std::size_t i = 0; i < grounds.size(); ++i) {
    CAPTURE(name_of(style), design.parts[i].designator);
    CHECK(imaging::intersection(grounds[i], board).area() == Approx(grounds[i].area()));
    const auto overlapping = std::count_if(
        grounds.begin(), grounds.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const imaging::Box& other) { return imaging::intersection(grounds[i], other).area() > 1e-9; });
    CHECK(overlapping == 0);
  }
}

TEST_CASE("the other side has the same outline, mirrored holes and other parts", "[datasets][board_design]") {
  const BoardDesign front = make_board_design(BoardStyle::controller, 3);
  const BoardDesign back = other_side(front, BoardStyle::controller, 3);
  CHECK(back.width_mm == front.width_mm);
  REQUIRE(back.holes.size() == front.holes.size());
  CHECK(back.holes.front().centre_mm.x() == Approx(front.width_mm - front.holes.front().centre_mm.x()));
  CHECK(back.parts.front().centre_mm != front.parts.front().centre_mm);
}

TEST_CASE("sockets stand flush with the edge that a case leaves open", "[datasets][board_design]") {
  const BoardDesign design = make_board_design(BoardStyle::server, 4);
  const auto sockets = std::count_if(design.parts.begin(), design.parts.end(), [](const Part& part) {
    return shape_of(part).letter == 'J' && ground_of(part).x < 0.5;
  });
  CHECK(sockets >= 3);
}

TEST_CASE("the outline is a rectangle with rounded corners within the board's size", "[datasets][board_design]") {
  const BoardDesign design = make_board_design(GENERATE(from_range(datasets::kBoardStyles)), 3);
  const imaging::Box box = imaging::bounding_box(design.outline_mm);
  CHECK(box.x == Approx(0).margin(1e-9));
  CHECK(box.width == Approx(design.width_mm));
  CHECK(box.height == Approx(design.depth_mm));
  for (const imaging::Point& corner : design.outline_mm) {
    const imaging::Point off(std::min(corner.x(), design.width_mm - corner.x()),
                             std::min(corner.y(), design.depth_mm - corner.y()));
    CHECK(off.minCoeff() < 1.0);  // no point lies deep inside
  }
}

TEST_CASE("a motor drive carries large parts and traces as wide as their pads", "[datasets][board_design]") {
  const BoardDesign design = make_board_design(BoardStyle::motor_drive, GENERATE(range(70U, 75U)));
  for (const auto package : {datasets::Package::electrolytic18, datasets::Package::transformer28,
                             datasets::Package::toroid22, datasets::Package::heatsink_bar}) {
    CAPTURE(name_of(package));
    CHECK(std::any_of(design.parts.begin(), design.parts.end(),
                      [&](const Part& part) { return part.package == package; }));
  }
  const auto wide = std::count_if(design.traces.begin(), design.traces.end(),
                                  [](const datasets::Trace& trace) { return trace.width_mm > 1.2; });
  CHECK(wide > 10);
}

TEST_CASE("every network switch has its gang of sockets", "[datasets][board_design]") {
  const BoardDesign design = make_board_design(BoardStyle::network_switch, GENERATE(range(70U, 80U)));
  CHECK(std::any_of(design.parts.begin(), design.parts.end(),
                    [](const Part& part) { return part.package == datasets::Package::rj45_gang; }));
}
