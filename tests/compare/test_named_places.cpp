// SPDX-License-Identifier: Apache-2.0
#include "compare/design_fit.h"
#include "compare/named_places.h"

#include <catch2/catch.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

using boarddiff::compare::BoardSide;
using boarddiff::compare::NamedPlace;
using boarddiff::compare::picture_from_named;
using boarddiff::compare::Placement;
using boarddiff::compare::places_in;
using boarddiff::imaging::apply;
using boarddiff::imaging::Point;
using Catch::Contains;

namespace {

Placement four_parts(BoardSide side = BoardSide::top) {
  Placement design;
  for (const auto& [name, x, y] : {std::tuple("U1", 10, 10), std::tuple("J2", 60, 12), std::tuple("R7", 15, 40),
                                   std::tuple("C3", 55, 45), std::tuple("R9", 20, 10), std::tuple("R9", 30, 10)}) {
    design.parts.push_back({.designator = name, .side = side, .centre_mm = {x, y}, .size_mm = Point(1.6, 0.8)});
  }
  return design;
}

Eigen::Matrix3d view(double mirrored = 1) {
  Eigen::Matrix3d map;
  map << 12 * mirrored, 3, 700, -3 * mirrored, 12, 200, 0, 0, 1;
  return map;
}

std::vector<NamedPlace> places_of(const Placement& design, const Eigen::Matrix3d& map,
                                  const std::vector<std::size_t>& parts) {
  std::vector<NamedPlace> places;
  for (const std::size_t i : parts) {
    places.push_back({design.parts[i].designator, apply(map, design.parts[i].centre_mm)});
  }
  return places;
}

void check_refused(const Placement& design, const std::vector<NamedPlace>& places, const std::string& why) {
  CHECK_THROWS_WITH(picture_from_named(design, BoardSide::top, places), Contains("--cad.places: ") && Contains(why));
}

}  // namespace

TEST_CASE("three named parts say how a design lies", "[compare][named_places]") {
  const Placement design = four_parts();
  const Eigen::Matrix3d map = picture_from_named(design, BoardSide::top, places_of(design, view(), {0, 1, 2}));
  CHECK((apply(map, {55, 45}) - apply(view(), {55, 45})).norm() < 1e-6);
  const Placement bottom = four_parts(BoardSide::bottom);
  const Eigen::Matrix3d mirrored =
      picture_from_named(bottom, BoardSide::bottom, places_of(bottom, view(-1), {0, 1, 2}));
  CHECK((apply(mirrored, {55, 45}) - apply(view(-1), {55, 45})).norm() < 1e-6);
}

TEST_CASE("of more than three places the map is the nearest", "[compare][named_places]") {
  const Placement design = four_parts();
  std::vector<NamedPlace> places = places_of(design, view(), {0, 1, 2, 3});
  places[3].picture += Point(4, 0);
  const Eigen::Matrix3d map = picture_from_named(design, BoardSide::top, places);
  CHECK((apply(map, {55, 45}) - apply(view(), {55, 45})).norm() < 4);
}

TEST_CASE("places that cannot be those of the parts are refused", "[compare][named_places]") {
  const Placement design = four_parts();
  check_refused(design, places_of(design, view(), {0, 1}), "three places");
  check_refused(design, places_of(design, view(-1), {0, 1, 2}), "mirrored");
  check_refused(design, places_of(design, view(), {0, 4, 2}), "more than one R9 on its top");
  std::vector<NamedPlace> places = places_of(design, view(), {0, 1, 2});
  places[1].designator = "X1";
  check_refused(design, places, "the design has no X1 on its top");
  places = places_of(design, view(), {0, 1, 2});
  places[1].picture += Point(800, 0);
  check_refused(design, places, "do not lie like the parts");
  Placement line = design;
  line.parts[2].centre_mm = {35, 11};
  check_refused(line, places_of(design, view(), {0, 1, 2}), "on one line");
}

TEST_CASE("places that give no scale are refused", "[compare][named_places]") {
  const Placement design = four_parts();
  Eigen::Matrix3d tiny = view();
  tiny.topRows<2>() *= 1e-4;
  check_refused(design, places_of(design, tiny, {0, 1, 2}), "a scale that no picture has");
}

TEST_CASE("places are written and read as one text", "[compare][named_places]") {
  const std::string text = "U1:120,340;J2:2200.5,-310;a:b:1,2";
  const auto places = places_in(text);
  REQUIRE(places);
  REQUIRE(places->size() == 3);
  CHECK((*places)[2].designator == "a:b");
  CHECK((*places)[1].picture == Point(2200.5, -310));
  CHECK(text_of(*places) == text);
  CHECK(places_in("")->empty());
  for (const auto* wrong :
       {"U1", "U1:1", "U1:1,2,3", ":1,2", "U1:1,2;", "U1:a,2", "U1:1,inf", "U1:1,1e7", "U1:1,2;;J2:1,2"}) {
    INFO(wrong);
    CHECK_FALSE(places_in(wrong));
  }
}

TEST_CASE("a design lies where its named parts are, whatever the picture shows", "[compare][named_places]") {
  const Placement design = four_parts();
  boarddiff::compare::PictureLayout layout{.size = {2000, 1500}, .pixels_per_mm = 12};
  boarddiff::compare::DesignFitOptions options;
  options.places = places_of(design, view(), {0, 1, 2});
  const auto fit = fit_design(design, BoardSide::top, layout, options);
  CHECK(fit.fits);
  CHECK(fit.matches.empty());
  CHECK(fit.expected == 6);
  CHECK((apply(fit.picture_from_board, {55, 45}) - apply(view(), {55, 45})).norm() < 1e-6);
  layout.parts.push_back({.centre = apply(view(), {55, 45}), .size = {19, 10}, .angle_deg = 166});
  CHECK(fit_design(design, BoardSide::top, layout, options).matches.size() == 1);
}
