// SPDX-License-Identifier: Apache-2.0
#include "datasets/picture/bare_board.h"
#include "datasets/picture/surface.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::Patch;
using datasets::Surface;

namespace {

constexpr double kScale = 20;  // pixels per millimetre

BoardDesign blank_board() {
  BoardDesign design;
  design.width_mm = 20;
  design.depth_mm = 12;
  return design;
}

cv::Point pixel(const Surface& surface, double x_mm, double y_mm) {
  const imaging::Point at = surface.raster.pixel_at({x_mm, y_mm});
  return {static_cast<int>(std::lround(at.x())), static_cast<int>(std::lround(at.y()))};
}

float height(const Surface& surface, double x_mm, double y_mm) { return surface.height_mm(pixel(surface, x_mm, y_mm)); }

}  // namespace

TEST_CASE("a board with rounded corners ends where its outline does", "[datasets][surface]") {
  BoardDesign design = blank_board();
  design.outline_mm = {{0, 0}, {20, 0}, {20, 6}, {14, 6}, {14, 12}, {0, 12}};  // a corner is cut out
  const Surface surface = make_surface(design, kScale, 2);
  CHECK(height(surface, 10, 9) == Approx(0).margin(0.05));
  CHECK(height(surface, 17, 3) == Approx(0).margin(0.05));
  CHECK(height(surface, 17, 9) == Approx(-datasets::kBoardThickness_mm).margin(0.01));
}

TEST_CASE("a mask that flows is rounded over the edges of copper, and its colour is not", "[datasets][surface]") {
  BoardDesign design = blank_board();
  design.traces = {{.points_mm = {{3, 6}, {17, 6}}, .width_mm = 0.6}};
  const Surface sharp = make_surface(design, kScale, 2);
  design.flowing_mask = true;
  const Surface rounded = make_surface(design, kScale, 2);
  const auto steepest = [](const Surface& surface) {
    float most = 0;
    const cv::Point upper = pixel(surface, 10, 5);
    const cv::Point lower = pixel(surface, 10, 7);
    for (int y = upper.y; y < lower.y; ++y) {
      most = std::max(most, std::abs(surface.height_mm(y + 1, upper.x) - surface.height_mm(y, upper.x)));
    }
    return most;
  };
  CHECK(height(rounded, 10, 6) == Approx(height(sharp, 10, 6)).margin(0.01));
  CHECK(steepest(rounded) < 0.8F * steepest(sharp));
  CHECK(cv::norm(rounded.colour, sharp.colour, cv::NORM_INF) == 0);
}

TEST_CASE("a part stands on what it was put on", "[datasets][surface]") {
  BoardDesign design = blank_board();
  datasets::Part chip;
  chip.package = datasets::Package::soic8;
  chip.centre_mm = {10, 6};
  datasets::Part on_top;
  on_top.package = datasets::Package::c0402;
  on_top.centre_mm = {10, 6};
  on_top.base_mm = shape_of(chip).top_mm;
  design.parts = {chip, on_top};
  const Surface surface = make_surface(design, kScale, 2);
  CHECK(height(surface, 10, 6) == Approx(shape_of(chip).top_mm + 0.5).margin(0.03));
  CHECK(height(surface, 10, 7.2) == Approx(shape_of(chip).top_mm).margin(0.03));
}

TEST_CASE("what is inside the board is not seen", "[datasets][surface]") {
  BoardDesign design = blank_board();
  const Surface before = make_surface(design, kScale, 2);
  datasets::Part hidden;
  hidden.package = datasets::Package::qfn3x3;
  hidden.centre_mm = {10, 6};
  hidden.base_mm = -0.8;
  hidden.has_footprint = false;
  design.parts = {hidden};
  const Surface after = make_surface(design, kScale, 2);
  CHECK(cv::norm(before.height_mm, after.height_mm, cv::NORM_INF) == 0);
  CHECK(cv::norm(before.colour, after.colour, cv::NORM_INF) == 0);
}

TEST_CASE("a wire lies over the parts on its way and sinks to the board beside them", "[datasets][surface]") {
  BoardDesign design = blank_board();
  datasets::Part tall;
  tall.package = datasets::Package::c1210;
  tall.centre_mm = {10, 6};
  design.parts = {tall};
  design.wires.push_back({{{1, 6}, {19, 6}}, 0.4, {{40, 40, 200}, 60, 0}});
  const Surface surface = make_surface(design, kScale, 2);
  CHECK(height(surface, 10, 6) == Approx(shape_of(tall).top_mm + 0.4).margin(0.08));
  CHECK(height(surface, 3, 6) < 0.8F);
  CHECK(surface.colour(pixel(surface, 10, 6))[2] > 150);
  // Between, it does not fall faster than wire bends.
  for (int half_mm = 4; half_mm < 36; ++half_mm) {
    const double x = 0.5 * half_mm;
    CHECK(std::abs(height(surface, x, 6) - height(surface, x + 0.5, 6)) < 1.2F);
  }
}

TEST_CASE("a scratch goes into the mask and a drop stands on it", "[datasets][surface]") {
  BoardDesign design = blank_board();
  const Surface before = make_surface(design, kScale, 2);
  const cv::Vec3b pale(200, 200, 200);
  design.patches.push_back({.form = Patch::Form::scratch,
                            .centre_mm = {5, 6},
                            .width_mm = 6,
                            .depth_mm = 0.4,
                            .thickness_mm = 0.04,
                            .finish = {pale, 40, 0},
                            .seed = 1});
  design.patches.push_back({.form = Patch::Form::blob,
                            .centre_mm = {15, 6},
                            .width_mm = 4,
                            .depth_mm = 3,
                            .thickness_mm = 0.5,
                            .finish = {pale, 200, 0},
                            .seed = 2});
  const Surface after = make_surface(design, kScale, 2);
  const cv::Mat1f rise(after.height_mm - before.height_mm);
  double least = 0;
  double most = 0;
  cv::minMaxLoc(rise(cv::Rect(pixel(after, 2, 4), pixel(after, 8, 8))), &least, &most);
  CHECK(least == Approx(-0.04).margin(0.005));
  CHECK(most <= 0.001);
  CHECK(rise(pixel(after, 15, 6)) == Approx(0.5).margin(0.1));
  CHECK(rise(pixel(after, 15, 6)) > rise(pixel(after, 16.5, 6)));
  CHECK(after.colour(pixel(after, 15, 6))[1] > 150);
}

TEST_CASE("a label follows the parts under it", "[datasets][surface]") {
  BoardDesign design = blank_board();
  datasets::Part part;
  part.package = datasets::Package::c0805;
  part.centre_mm = {10, 6};
  design.parts = {part};
  design.patches.push_back({.centre_mm = {10, 6},
                            .width_mm = 12,
                            .depth_mm = 6,
                            .thickness_mm = 0.1,
                            .finish = {{230, 230, 230}, 40, 0},
                            .text = "SN1",
                            .code = "SN1"});
  const Surface surface = make_surface(design, kScale, 2);
  CHECK(height(surface, 10, 6) == Approx(shape_of(part).top_mm + 0.1).margin(0.03));
  CHECK(height(surface, 5, 8) == Approx(0.1).margin(0.04));
  // Bars of ink and gaps of paper.
  cv::Mat1b grey(1, 200);
  for (int i = 0; i < grey.cols; ++i) {
    grey(0, i) = surface.colour(pixel(surface, 5.2 + i * 0.02, 4.6))[1];
  }
  CHECK(*std::min_element(grey.begin(), grey.end()) < 80);
  CHECK(*std::max_element(grey.begin(), grey.end()) > 190);
}

TEST_CASE("a painted part has the mask's colour and gloss, some levels off, on all of it", "[datasets][surface]") {
  BoardDesign design = blank_board();
  design.parts = {
      {.package = datasets::Package::soic8, .centre_mm = {10, 6}, .has_footprint = false, .painted_levels = 12}};
  const Surface surface = make_surface(design, kScale, 2);
  const datasets::Finish mask = mask_finish(design);
  const cv::Vec3b painted = mask.colour + cv::Vec3b(12, 12, 12);
  const imaging::Box body = shape_of(datasets::Package::soic8).body_mm;
  CHECK(surface.colour(pixel(surface, 10, 6)) == painted);
  CHECK(surface.gloss(pixel(surface, 10, 6)) == mask.gloss);
  // Its leads are not metal.
  const cv::Rect all(pixel(surface, 10 + body.x, 6 + body.y),
                     pixel(surface, 10 + body.x + body.width, 6 + body.y + body.height));
  double most_metal = 0;
  cv::minMaxLoc(surface.metal(all), nullptr, &most_metal);
  CHECK(most_metal == 0);
}
