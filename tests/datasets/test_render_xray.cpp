// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/specimen.h"
#include "datasets/picture/render_xray.h"
#include "imaging/base/execution.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>
#include <memory>
#include <vector>

namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;
using datasets::BoardDesign;
using datasets::RenderedPicture;
using datasets::XraySettings;

namespace {

XraySettings small_xray() {
  XraySettings settings;
  settings.camera.picture_px = {560, 420};
  settings.camera.pixels_per_mm = 8;
  settings.camera.distortion = 0;
  return settings;
}

BoardDesign empty_board() {
  BoardDesign design;
  design.width_mm = 40;
  design.depth_mm = 30;
  return design;
}

datasets::Part part_at(datasets::Package package, const imaging::Point& centre_mm) {
  datasets::Part part;
  part.package = package;
  part.centre_mm = centre_mm;
  return part;
}

BoardDesign board_with(datasets::Package package) {
  BoardDesign design = empty_board();
  design.parts.push_back(part_at(package, {20, 15}));
  return design;
}

// Mean x of what is darker than without the part, by how much it is.
double middle_of_shadow(const RenderedPicture& picture, const RenderedPicture& without) {
  cv::Mat shadow;
  cv::subtract(without.pixels, picture.pixels, shadow);
  double sum = 0;
  double weight = 0;
  for (int y = 0; y < shadow.rows; ++y) {
    for (int x = 0; x < shadow.cols; ++x) {
      const int darker = shadow.at<ushort>(y, x);
      if (darker < 2000) continue;  // noise
      sum += static_cast<double>(x) * darker;
      weight += darker;
    }
  }
  return sum / weight;
}

double level_at(const RenderedPicture& picture, const imaging::Point& board_mm, double height_mm) {
  const imaging::Point at = picture.camera.pixel_of(board_mm, height_mm);
  return cv::mean(picture.pixels(cv::Rect(static_cast<int>(at.x()) - 2, static_cast<int>(at.y()) - 2, 5, 5))).val[0];
}

}  // namespace

TEST_CASE("an X-ray has the same bytes for one and for two threads", "[datasets][render_xray]") {
  const BoardDesign design = make_board_design(datasets::BoardStyle::controller, 4);
  imaging::set_thread_count(1);
  const RenderedPicture one = render_xray(design, small_xray(), 9);
  imaging::set_thread_count(2);
  const RenderedPicture two = render_xray(design, small_xray(), 9);
  imaging::set_thread_count(0);
  CHECK(one.pixels.type() == CV_16UC1);
  CHECK(cv::norm(one.pixels, two.pixels, cv::NORM_INF) == 0);
}

TEST_CASE("a die inside a moulding darkens an X-ray", "[datasets][render_xray]") {
  const RenderedPicture picture = render_xray(board_with(datasets::Package::qfp48), small_xray(), 1);
  const double air = level_at(picture, {-2, 15}, 0);
  const double board = level_at(picture, {5, 15}, 0);
  const double moulding = level_at(picture, {22.9, 17.9}, 0);
  const double die = level_at(picture, {20, 15}, 0.4);
  CHECK(board < 0.9 * air);  // 1.6 mm of laminate take 20 %
  CHECK(die < 0.9 * moulding);
  CHECK(moulding < board);
}

TEST_CASE("fingers of a lead frame run from the pins to the die", "[datasets][render_xray]") {
  XraySettings settings = small_xray();
  settings.camera.pixels_per_mm = 20;
  const RenderedPicture picture = render_xray(board_with(datasets::Package::soic16), settings, 1);
  // Half way between the outermost pin and the die, and beside it.
  const double finger = level_at(picture, {16.9, 16.6}, 0.6);
  const double between = level_at(picture, {15.6, 15.0}, 0.6);
  CHECK(finger < 0.96 * between);
}

TEST_CASE("the cone beam displaces what is on the back the other way than what stands tall",
          "[datasets][render_xray]") {
  XraySettings settings = small_xray();
  settings.camera.pixels_per_mm = 10;
  settings.camera.distance_mm = 100;
  settings.back = std::make_shared<const BoardDesign>(empty_board());
  const RenderedPicture without = render_xray(empty_board(), settings, 1);
  // A part at the left edge: its shadow moves outwards with height. Solder stays on the board.
  const imaging::Point place(4, 15);
  BoardDesign front = empty_board();
  front.parts.push_back(part_at(datasets::Package::c1210, place));
  front.parts[0].has_footprint = false;
  front.parts[0].base_mm = 6;
  const RenderedPicture tall = render_xray(front, settings, 1);
  BoardDesign back = empty_board();
  back.parts.push_back(part_at(datasets::Package::c1210, {40 - place.x(), place.y()}));
  back.parts[0].has_footprint = false;
  settings.back = std::make_shared<const BoardDesign>(back);
  const RenderedPicture behind = render_xray(empty_board(), settings, 1);
  const double tall_at = middle_of_shadow(tall, without);
  const double behind_at = middle_of_shadow(behind, without);
  CHECK(tall_at == Approx(without.camera.pixel_of(place, 6.8).x()).margin(1.5));
  CHECK(behind_at == Approx(without.camera.pixel_of(place, -2.4).x()).margin(1.5));
  CHECK(tall_at < behind_at - 10);
}

TEST_CASE("what lies inside the board darkens an X-ray", "[datasets][render_xray]") {
  BoardDesign design = board_with(datasets::Package::qfn3x3);
  design.parts[0].has_footprint = false;
  design.parts[0].base_mm = -1.2;
  const RenderedPicture picture = render_xray(design, small_xray(), 1);
  CHECK(level_at(picture, {20, 15}, -0.8) < 0.92 * level_at(picture, {30, 15}, -0.8));
}

TEST_CASE("two specimens have other solder, one specimen has the same each time", "[datasets][render_xray]") {
  const BoardDesign design = board_with(datasets::Package::bga10);
  XraySettings settings = small_xray();
  settings.camera.noise = 0;
  settings.electronic_noise = 0;
  const datasets::SpecimenSpread still = {
      .slip_mm = 1e-6, .slip_deg = 0, .tone = 0, .other_codes = 0, .dust_specks = 0};
  const cv::Mat one = render_xray(another_specimen(design, 1, still), settings, 1).pixels;
  const cv::Mat again = render_xray(another_specimen(design, 1, still), settings, 1).pixels;
  const cv::Mat other = render_xray(another_specimen(design, 2, still), settings, 1).pixels;
  CHECK(cv::norm(one, again, cv::NORM_INF) == 0);
  CHECK(cv::norm(one, other, cv::NORM_INF) > 300);
}

TEST_CASE("a harder beam goes through more", "[datasets][render_xray]") {
  const BoardDesign design = board_with(datasets::Package::inductor7);
  XraySettings settings = small_xray();
  const double soft = level_at(render_xray(design, settings, 1), {20, 15}, 2);
  settings.hardness = 1.6;
  CHECK(level_at(render_xray(design, settings, 1), {20, 15}, 2) > 1.2 * soft);
  settings.hardness = 1;
  settings.hardening = 0.5;
  CHECK(level_at(render_xray(design, settings, 1), {20, 15}, 2) > 1.1 * soft);
  settings.hardening = 0.12;
  settings.scatter = 0.8;
  CHECK(level_at(render_xray(design, settings, 1), {20, 15}, 2) > 1.1 * soft);
}

TEST_CASE("a longer exposure has less noise, a worn detector has faults", "[datasets][render_xray]") {
  XraySettings settings = small_xray();
  const cv::Rect air(2, 2, 60, 40);
  const auto spread = [&](const RenderedPicture& picture) {
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(picture.pixels(air), mean, deviation);
    return deviation[0];
  };
  const double noise = spread(render_xray(empty_board(), settings, 1));
  settings.exposure = 4;
  CHECK(spread(render_xray(empty_board(), settings, 1)) < 0.7 * noise);
  settings.dead_lines = 3;
  const cv::Mat lines = render_xray(empty_board(), settings, 1).pixels;
  int dead = 0;
  for (int y = 0; y < lines.rows; ++y) dead += cv::countNonZero(lines.row(y)) == 0 ? 1 : 0;
  for (int x = 0; x < lines.cols; ++x) dead += cv::countNonZero(lines.col(x)) == 0 ? 1 : 0;
  CHECK(dead > 0);
  CHECK(dead <= 3);
}

TEST_CASE("changes on the front leave the made-up copper behind as it was", "[datasets][render_xray]") {
  BoardDesign design = make_board_design(datasets::BoardStyle::controller, 4);
  XraySettings settings = small_xray();
  settings.camera.noise = 0;
  settings.electronic_noise = 0;
  settings.scatter = 0;
  const cv::Mat before = render_xray(design, settings, 1).pixels;
  design.traces.erase(design.traces.begin());
  const RenderedPicture after = render_xray(design, settings, 1);
  cv::Mat difference;
  cv::absdiff(before, after.pixels, difference);
  // One trace's worth of pixels, not the whole board's.
  CHECK(cv::countNonZero(difference > 100) < difference.rows * difference.cols / 20);
}

TEST_CASE("a cut trace lets more through where it is cut", "[datasets][render_xray]") {
  BoardDesign design = empty_board();
  design.pours_mm = {imaging::corners({1, 1, 38, 28})};
  design.traces = {{.points_mm = {{5, 15}, {35, 15}}, .width_mm = 0.8}};
  XraySettings settings = small_xray();
  settings.camera.noise = 0;
  const double whole = level_at(render_xray(design, settings, 1), {20, 15}, 0);
  datasets::Patch scratch;
  scratch.form = datasets::Patch::Form::scratch;
  scratch.centre_mm = {20, 15};
  scratch.width_mm = 1.4;
  scratch.depth_mm = 1;
  scratch.angle_deg = 90;
  design.patches = {scratch};
  CHECK(level_at(render_xray(design, settings, 1), {20, 15}, 0) == Approx(whole).epsilon(0.002));  // the mask alone
  design.patches[0].cuts_copper = true;
  CHECK(level_at(render_xray(design, settings, 1), {20, 15}, 0) > 1.03 * whole);
}

TEST_CASE("what is expected is the picture without its noise", "[datasets][render_xray]") {
  const BoardDesign design = board_with(datasets::Package::qfp48);
  const XraySettings settings = small_xray();
  const cv::Mat1f expected = expected_xray(design, settings, 4);
  cv::Mat1f taken;
  render_xray(design, settings, 4).pixels.convertTo(taken, CV_32F, 1.0 / 65535);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(taken - expected, mean, deviation);
  CHECK(std::abs(mean[0]) < 1e-3);
  CHECK(deviation[0] == Approx(datasets::noise_at(cv::mean(expected)[0], settings)).epsilon(0.2));
}
