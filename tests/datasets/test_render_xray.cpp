// SPDX-License-Identifier: Apache-2.0
#include "datasets/render_xray.h"
#include "imaging/base/execution.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

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
  BoardDesign design;
  design.width_mm = 40;
  design.depth_mm = 30;
  datasets::Part part;
  part.package = datasets::Package::qfp48;
  part.centre_mm = {20, 15};
  design.parts.push_back(part);
  const RenderedPicture picture = render_xray(design, small_xray(), 1);
  const double air = level_at(picture, {-2, 15}, 0);
  const double board = level_at(picture, {5, 15}, 0);
  const double moulding = level_at(picture, {22.7, 17.7}, 0);
  const double die = level_at(picture, {20, 15}, 0.4);
  CHECK(board < 0.9 * air);  // 1.6 mm of laminate take 20 %
  CHECK(die < 0.9 * moulding);
  CHECK(moulding < board);
}
