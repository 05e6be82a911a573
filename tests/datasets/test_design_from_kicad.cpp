// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/design_from_kicad.h"
#include "datasets/picture/render_photo.h"
#include "tests/support/kicad_text.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
namespace test = boarddiff::test;
using datasets::BoardDesign;
using datasets::Part;
using imaging::Point;

namespace {

BoardDesign design_of(const std::string& text, compare::KicadSide side) {
  return datasets::design_from_kicad(compare::parse_kicad_board(text, "board"), side);
}

const Part& part_named(const BoardDesign& design, const std::string& designator) {
  const auto found = std::find_if(design.parts.begin(), design.parts.end(),
                                  [&](const Part& part) { return part.designator == designator; });
  REQUIRE(found != design.parts.end());
  return *found;
}

bool has_pad_at(const Part& part, const Point& at) {
  const datasets::PartShape shape = shape_of(part);
  return std::any_of(shape.pads.begin(), shape.pads.end(),
                     [&](const datasets::Pad& pad) { return (on_footprint(part, pad.centre_mm) - at).norm() < 1e-6; });
}

}  // namespace

TEST_CASE("pads of a KiCad board lie where the file has them, on either side", "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  CHECK(front.width_mm == Approx(40));
  CHECK(has_pad_at(part_named(front, "R1"), {10, 10.775}));
  CHECK(has_pad_at(part_named(front, "R1"), {10, 9.225}));
  CHECK(has_pad_at(part_named(front, "U1"), {22.525, 8.095}));
  CHECK(has_pad_at(part_named(front, "J1"), {30, 22.54}));
  const BoardDesign back = design_of(test::kicad_6_board(), compare::KicadSide::back);
  CHECK(has_pad_at(part_named(back, "C1"), {30.95, 20}));  // mirrored: 40 - 9.05
  CHECK(has_pad_at(part_named(back, "J1"), {10, 22.54}));
  CHECK(back.traces.size() == 1);
  CHECK(back.pours_mm.size() == 1);
  CHECK(back.vias.size() == front.vias.size());
}

TEST_CASE("each side of a KiCad board shows its own parts and the solder of wires from the other",
          "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  const BoardDesign back = design_of(test::kicad_6_board(), compare::KicadSide::back);
  CHECK(front.parts.size() == 3);
  CHECK(back.parts.size() == 2);
  CHECK(shape_of(part_named(front, "J1")).top_mm > 6);  // pins
  CHECK(shape_of(part_named(back, "J1")).top_mm < 2);   // their ends
  CHECK(part_named(front, "R1").marking == "103");
}

TEST_CASE("parts of a KiCad board are as large as their footprints say", "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  const Part& resistor = part_named(front, "R1");
  const imaging::Box body = imaging::bounding_box(outline_on_board(resistor, shape_of(resistor).body_mm));
  CHECK(body.height == Approx(1.6).margin(0.5));  // with solder at its ends
  CHECK(body.width == Approx(0.8).margin(0.1));
  CHECK(body.centre().isApprox(Point(10, 10), 0.01));
}

TEST_CASE("what is not to be fitted is a bare footprint", "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  CHECK_FALSE(part_named(front, "U1").populated);
  CHECK(shape_of(part_named(front, "U1")).pads.size() == 8);
  // Older files have no such attribute and say it as a value.
  const BoardDesign back = design_of(test::kicad_5_board(), compare::KicadSide::back);
  CHECK_FALSE(part_named(back, "C1").populated);
}

TEST_CASE("the print of a KiCad board is that of the side seen, without hidden texts",
          "[datasets][design_from_kicad]") {
  const auto texts = [](const BoardDesign& design) {
    std::vector<std::string> found;
    for (const datasets::Lettering& text : design.lettering) found.push_back(text.text);
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(texts(design_of(test::kicad_6_board(), compare::KicadSide::front)) ==
        std::vector<std::string>{"FRONT", "J1", "R1", "SIDE", "U1"});
  const BoardDesign back = design_of(test::kicad_6_board(), compare::KicadSide::back);
  CHECK(texts(back) == std::vector<std::string>{"C1"});
  CHECK(back.lettering[0].centre_mm.isApprox(Point(30, 18.3)));
  CHECK(back.lettering[0].angle_deg == Approx(0).margin(1e-9));
}

TEST_CASE("finish and mask of a KiCad board are those of its stack", "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  CHECK(front.mask == datasets::MaskColour::blue);
  CHECK(front.gold_pads);
  CHECK(design_of(test::kicad_6_board(), compare::KicadSide::back).mask == datasets::MaskColour::black);
}

TEST_CASE("a KiCad board is photographed with its parts on it", "[datasets][design_from_kicad]") {
  const BoardDesign front = design_of(test::kicad_6_board(), compare::KicadSide::front);
  datasets::PhotoSettings settings;
  settings.camera.picture_px = {440, 340};
  settings.camera.pixels_per_mm = 10;
  const datasets::RenderedPicture picture = render_photo(front, settings, 1);
  const auto colour_at = [&](const Point& board_mm, double height_mm) {
    const Point at = picture.camera.pixel_of(board_mm, height_mm);
    return cv::mean(picture.pixels(cv::Rect(static_cast<int>(at.x()) - 1, static_cast<int>(at.y()) - 1, 3, 3)));
  };
  const cv::Scalar mask = colour_at({20, 25}, 0);
  CHECK(mask[0] > 1.5 * mask[2]);  // blue
  const cv::Scalar body = colour_at({30.95, 20.95}, 2.4);
  CHECK(body[0] < 0.7 * mask[0]);  // a black header
}
