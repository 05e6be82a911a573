// SPDX-License-Identifier: Apache-2.0
#include "compare/design_place.h"

#include <catch2/catch.hpp>

#include <string>

using boarddiff::compare::BoardSide;
using boarddiff::compare::DesignedThere;
using boarddiff::compare::DesignPlace;
using boarddiff::compare::DesignPlaces;
using boarddiff::compare::KnownDesign;
using boarddiff::imaging::Box;
using boarddiff::imaging::Point;

namespace {

// U7, 4 x 2 mm and turned by 90 degrees, at (10, 20); R3 at (13, 20); C5, which is not fitted, at (30, 20); J1 on the
// other side. Ten pixels a millimetre; of the bottom x runs the other way.
KnownDesign small_design(BoardSide side = BoardSide::top) {
  const BoardSide other = side == BoardSide::top ? BoardSide::bottom : BoardSide::top;
  KnownDesign design;
  design.file.side = side;
  design.file.placement.parts = {
      {.designator = "U7", .side = side, .centre_mm = {10, 20}, .angle_deg = 90, .size_mm = Point(4, 2)},
      {.designator = "R3", .side = side, .centre_mm = {13, 20}, .size_mm = Point(1, 0.5)},
      {.designator = "C5", .side = side, .centre_mm = {30, 20}, .size_mm = Point(1, 0.5), .populated = false},
      {.designator = "J1", .side = other, .centre_mm = {20, 20}, .size_mm = Point(8, 8)}};
  design.laid.fit.fits = true;
  design.laid.fit.picture_from_board << (side == BoardSide::top ? 10 : -10), 0, (side == BoardSide::top ? 0 : 500), 0,
      10, 0, 0, 0, 1;
  return design;
}

DesignPlace place_in_design(const KnownDesign& design, const Box& box) { return DesignPlaces(design).at(box); }

// A box of 6 x 6 pixels around a place of the top.
Box around(double x_mm, double y_mm) { return {.x = 10 * x_mm - 3, .y = 10 * y_mm - 3, .width = 6, .height = 6}; }

}  // namespace

TEST_CASE("a place on a part is at this part, and beside its neighbours", "[compare][design_place]") {
  const DesignPlace place = place_in_design(small_design(), around(10, 21.5));
  CHECK(place.there == DesignedThere::part);
  CHECK(place.designator == "U7");
  CHECK((place.centre_mm - Point(10, 21.5)).norm() < 1e-9);
  REQUIRE(place.near.size() == 2);
  CHECK(place.near[0].designator == "R3");
  CHECK(place.near[0].distance_mm == Approx(3.354).margin(0.001));
  CHECK(near_text(place) == "at U7, 3.4 mm left of R3, 20.1 mm left of C5");
  CHECK(sentence_on(place) == "The design has U7 here.");
}

TEST_CASE("a part is where its turned body is", "[compare][design_place]") {
  CHECK(place_in_design(small_design(), around(11.6, 20)).there == DesignedThere::nothing);
  CHECK(place_in_design(small_design(), around(10, 22.2)).there == DesignedThere::part);
}

TEST_CASE("a box that covers a small part's middle is at this part", "[compare][design_place]") {
  const DesignPlace place = place_in_design(small_design(), Box{.x = 125, .y = 195, .width = 40, .height = 40});
  CHECK(place.designator == "R3");
}

TEST_CASE("pads that are to stay empty, and places of nothing, are told", "[compare][design_place]") {
  const DesignPlace pads = place_in_design(small_design(), around(30, 20));
  CHECK(pads.there == DesignedThere::unpopulated);
  CHECK(sentence_on(pads) == "The design leaves C5 unpopulated here.");
  const DesignPlace nothing = place_in_design(small_design(), around(20, 20));
  CHECK(nothing.there == DesignedThere::nothing);
  CHECK(nothing.designator.empty());
  CHECK(near_text(nothing) == "7.0 mm right of R3, 10.0 mm right of U7");
  CHECK(sentence_on(nothing) == "The design has nothing here.");
}

TEST_CASE("of a part and of empty pads the nearer one is told", "[compare][design_place]") {
  KnownDesign design = small_design();
  design.file.placement.parts[1].centre_mm = {30.7, 20};  // R3 beside the pads of C5
  const Box box{.x = 294, .y = 194, .width = 16, .height = 12};
  CHECK(place_in_design(design, box).designator == "C5");
}

TEST_CASE("a part without a name is told as that", "[compare][design_place]") {
  KnownDesign design = small_design();
  design.file.placement.parts[1].designator.clear();
  CHECK(sentence_on(place_in_design(design, around(13, 20))) == "The design has a part without a name here.");
}

TEST_CASE("places on the bottom are told as seen from the top", "[compare][design_place]") {
  // The picture shows the place at x = 500 - 10 * 12 = 380.
  const DesignPlace place =
      place_in_design(small_design(BoardSide::bottom), Box{.x = 377, .y = 197, .width = 6, .height = 6});
  CHECK((place.centre_mm - Point(12, 20)).norm() < 1e-9);
  CHECK(near_text(place) == "1.0 mm left of R3, 2.0 mm right of U7");
}

TEST_CASE("a side without parts names no place", "[compare][design_place]") {
  KnownDesign design = small_design();
  design.file.placement.parts.clear();
  const DesignPlace place = place_in_design(design, around(10, 20));
  CHECK(place.there == DesignedThere::nothing);
  CHECK(near_text(place).empty());
}
