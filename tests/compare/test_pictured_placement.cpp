// SPDX-License-Identifier: Apache-2.0
#include "compare/pictured_placement.h"

#include <catch2/catch.hpp>

#include <utility>
#include <vector>

using boarddiff::compare::BoardSide;
using boarddiff::compare::ComponentKind;
using boarddiff::compare::DesignFit;
using boarddiff::compare::PictureLayout;
using boarddiff::compare::PlacedPart;
using boarddiff::compare::Placement;
using boarddiff::compare::placement_of;
using boarddiff::compare::SeenPart;
using boarddiff::compare::Sighting;
using boarddiff::imaging::Point;

namespace {

SeenPart seen_at(double x, double y, double angle_deg = 0) {
  return {.centre = {x, y}, .size = {40, 20}, .angle_deg = angle_deg, .kind = ComponentKind::ic, .confidence = 0.9};
}

PictureLayout layout_of(std::vector<SeenPart> parts) {
  return {.parts = std::move(parts), .size = {640, 480}, .pixels_per_mm = 10, .notes = {"said"}};
}

// Ten pixels a millimetre, the board's corner at (100, 50).
DesignFit fit_of_matches() {
  DesignFit fit{.fits = true, .pixels_per_mm = 10, .matches = {{0, 1}}};
  fit.picture_from_board << 10, 0, 100, 0, 10, 50, 0, 0, 1;
  return fit;
}

}  // namespace

TEST_CASE("what a picture shows is listed in its millimetres", "[compare][pictured_placement]") {
  const Placement placement = placement_of(layout_of({seen_at(99.5, 49.5), seen_at(200, 80, 90)}), BoardSide::top);
  CHECK(placement.notes.size() == 1);
  CHECK(placement.pictured);
  REQUIRE(placement.parts.size() == 2);
  const PlacedPart& first = placement.parts[0];
  CHECK(first.designator == "?1");
  CHECK(first.centre_mm.isApprox(Point(10, 5)));
  CHECK(first.size_mm->isApprox(Point(4, 2)));
  CHECK(first.angle_deg == Approx(0).margin(1e-9));
  CHECK(first.sighting == Sighting::seen);
  CHECK(first.in_picture->kind == ComponentKind::ic);
  CHECK(placement.parts[1].designator == "?2");
  CHECK(placement.parts[1].angle_deg == Approx(90));
}

TEST_CASE("a design's parts are seen, missing, or out of the picture", "[compare][pictured_placement]") {
  Placement design;
  design.parts = {{.designator = "U1", .centre_mm = {10, 10}},
                  {.designator = "R1", .centre_mm = {20, 10}},
                  {.designator = "R2", .centre_mm = {200, 10}},
                  {.designator = "C1", .centre_mm = {30, 10}, .populated = false},
                  {.designator = "C2", .centre_mm = {40, 10}, .populated = false},
                  {.designator = "U2", .side = BoardSide::bottom, .centre_mm = {15, 10}}};
  DesignFit fit = fit_of_matches();
  fit.on_pads = {{3, 0}};
  const PictureLayout layout = layout_of({seen_at(402, 151), seen_at(200, 150), seen_at(250, 300, 30)});
  const Placement placement = placement_of(design, BoardSide::top, layout, fit);
  REQUIRE(placement.parts.size() == 6);
  const auto sighting = [&](std::size_t i) { return placement.parts[i].sighting; };
  CHECK(sighting(0) == Sighting::seen);
  CHECK(placement.parts[0].in_picture->outline_px[0].isApprox(Point(180, 140)));
  CHECK(sighting(1) == Sighting::missing);
  CHECK(sighting(2) == Sighting::none);
  // On the pads of C1, which is not fitted, stands a part.
  CHECK(sighting(3) == Sighting::seen);
  CHECK(sighting(4) == Sighting::missing);
  const PlacedPart& extra = placement.parts[5];
  CHECK(extra.designator == "?1");
  CHECK_FALSE(extra.in_design);
  CHECK(placement.parts[0].in_design);
  CHECK(extra.centre_mm.isApprox(Point(15, 25)));
  CHECK(extra.size_mm->isApprox(Point(4, 2)));
  CHECK(extra.angle_deg == Approx(30));
}

TEST_CASE("a part whose place shows something of a part is unclear", "[compare][pictured_placement]") {
  Placement design;
  design.parts = {{.designator = "R1", .centre_mm = {10, 10}, .size_mm = Point(2, 1)},
                  {.designator = "R2", .centre_mm = {20, 10}, .size_mm = Point(2, 1)}};
  DesignFit fit = fit_of_matches();
  fit.matches = {};
  PictureLayout layout = layout_of({});
  layout.likelihood.part = cv::Mat1f(layout.size, 0.0F);
  layout.likelihood.part(cv::Rect(185, 140, 15, 20)) = 0.9F;  // half of R1 and a little beside it
  const Placement placement = placement_of(design, BoardSide::top, layout, fit);
  CHECK(placement.parts[0].sighting == Sighting::unclear);
  CHECK(placement.parts[1].sighting == Sighting::missing);
}

TEST_CASE("on the bottom, extra parts are told as seen from the top", "[compare][pictured_placement]") {
  DesignFit fit = fit_of_matches();
  fit.matches = {};
  fit.picture_from_board << -10, 0, 400, 0, 10, 50, 0, 0, 1;
  const Placement placement = placement_of({}, BoardSide::bottom, layout_of({seen_at(300, 150, 30)}), fit);
  REQUIRE(placement.parts.size() == 1);
  CHECK(placement.parts[0].side == BoardSide::bottom);
  CHECK(placement.parts[0].centre_mm.isApprox(Point(10, 10)));
  CHECK(placement.parts[0].angle_deg == Approx(150));
}

TEST_CASE("the bottom alone is told as seen from the top, too", "[compare][pictured_placement]") {
  const Placement placement = placement_of(layout_of({seen_at(99.5, 49.5, 30)}), BoardSide::bottom);
  REQUIRE(placement.parts.size() == 1);
  CHECK(placement.parts[0].centre_mm.isApprox(Point(54, 5)));
  CHECK(placement.parts[0].angle_deg == Approx(150));
}

TEST_CASE("numbers of a design that was itself read off a picture are not given twice",
          "[compare][pictured_placement]") {
  Placement design;
  design.parts = {{.designator = "?1", .centre_mm = {10, 10}}};
  const Placement placement =
      placement_of(design, BoardSide::top, layout_of({seen_at(402, 151), seen_at(200, 150)}), fit_of_matches());
  REQUIRE(placement.parts.size() == 2);
  CHECK(placement.parts[0].sighting == Sighting::seen);
  CHECK(placement.parts[1].designator == "?2");
}

TEST_CASE("a place without picture is not shown", "[compare][pictured_placement]") {
  PictureLayout layout = layout_of({});
  layout.usable = cv::Mat1b(480, 640, uchar{255});
  layout.usable(cv::Rect(0, 0, 100, 480)) = 0;
  CHECK_FALSE(layout.shows({50, 50}));
  CHECK(layout.shows({150, 50}));
  CHECK(layout.shows({639.4, 479.4}));
  CHECK_FALSE(layout.shows({640, 50}));
  CHECK_FALSE(layout.shows({150, -1}));
}
