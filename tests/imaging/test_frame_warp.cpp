// SPDX-License-Identifier: Apache-2.0
#include "imaging/frame_warp.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::Frame;
using boarddiff::imaging::kFrames;
using boarddiff::imaging::PlaneMap;
using boarddiff::imaging::Point;
using boarddiff::imaging::PositionGrid;
using boarddiff::imaging::SmoothResidual;
using boarddiff::imaging::warp_into;
using boarddiff::imaging::WarpedPicture;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

// A camera tilted by some 35 degrees, and a lens.
PlaneMap bent_map(const cv::Size& size) {
  PlaneMap map;
  const double w = size.width;
  map.sample_from_reference << 0.9, -0.2, 0.12 * w, 0.15, 0.8, 0.05 * w, 0.3 / w, 0.25 / w, 1;
  map.residual.origin_in_reference = {(size.width - 1) / 2.0, (size.height - 1) / 2.0};
  map.residual.half_side_px = w / 2;
  for (int term = 0; term < SmoothResidual::kTerms; ++term) {
    map.residual.shift_px.col(term) << 0.002 * w * (term % 3 - 1), 0.0015 * w * (1 - term % 2);
  }
  return map;
}

double worst_error(const PositionGrid& grid, const std::function<Point(const Point&)>& exact) {
  double worst = 0;
  int compared = 0;
  for (int y = 0; y < grid.size().height; ++y) {
    for (int x = 0; x < grid.size().width; ++x) {
      const double error = (grid.at(x, y) - exact(Point(x, y))).norm();
      if (std::isfinite(error)) {
        worst = std::max(worst, error);
        ++compared;
      }
    }
  }
  CHECK(compared > grid.size().area() / 2);
  return worst;
}

// The sample lies 30 pixels farther right on the board than the reference, and 20 lower.
struct ShiftedPair {
  explicit ShiftedPair(int depth) {
    cv::Mat pixels;
    textured_picture({300, 220}, 2).convertTo(pixels, depth, depth == CV_16U ? 257 : 1);
    reference = board_image(pixels(cv::Rect(0, 0, 240, 180)));
    sample = board_image(pixels(cv::Rect(30, 20, 250, 190)));
    map.sample_from_reference << 1, 0, -30, 0, 1, -20, 0, 0, 1;
  }

  BoardImage reference = {};
  BoardImage sample = {};
  PlaneMap map = {};
};

}  // namespace

TEST_CASE("the way back from the sample is exact", "[imaging][plane_map]") {
  const cv::Size size(600, 400);
  const PlaneMap map = bent_map(size);
  for (const Point& point : {Point(0, 0), Point(599, 399), Point(300, 10), Point(20, 380)}) {
    CHECK((to_reference(map, to_sample(map, point)) - point).norm() < 1e-5);
  }
}

TEST_CASE("places interpolated in a grid stay within a hundredth of a pixel", "[imaging][frame_warp]") {
  // The smaller the picture, the more the same view bends within eight pixels.
  const cv::Size size = GENERATE(cv::Size(120, 90), cv::Size(403, 301), cv::Size(1201, 800));
  const PlaneMap map = bent_map(size);
  CAPTURE(size);
  const auto back = [&](const Point& point) { return to_reference(map, point); };
  const auto forth = [&](const Point& point) { return to_sample(map, point); };
  CHECK(worst_error(PositionGrid(size, back), back) < 0.01);
  CHECK(worst_error(PositionGrid(size, forth), forth) < 0.01);
}

TEST_CASE("a grid is coarse where that suffices", "[imaging][frame_warp]") {
  const PositionGrid plain({500, 300}, [](const Point& point) { return Point(2 * point.x() + 1, point.y()); });
  CHECK(plain.step_px() == 8);
  CHECK((plain.at(499, 299) - Point(999, 299)).norm() < 1e-9);
  const PositionGrid wild({500, 300}, [](const Point& point) { return Point(std::sin(point.x()), point.y()); });
  CHECK(wild.step_px() == 1);
}

TEST_CASE("a picture of one row or one pixel can be warped", "[imaging][frame_warp]") {
  const BoardImage dot = board_image(cv::Mat3b(1, 1, cv::Vec3b(1, 2, 3)));
  const BoardImage line = board_image(cv::Mat3b(1, 40, cv::Vec3b(9, 9, 9)));
  CHECK(warp_into(Frame::reference, dot, line, {}).pixels.size() == cv::Size(1, 1));
  CHECK(warp_into(Frame::sample, dot, line, {}).pixels.size() == cv::Size(40, 1));
}

TEST_CASE("a shifted sample comes back pixel by pixel in the reference's frame", "[imaging][frame_warp]") {
  const ShiftedPair pair(GENERATE(CV_8U, CV_16U));
  const WarpedPicture warped = warp_into(Frame::reference, pair.reference, pair.sample, pair.map);
  CHECK(warped.pixels.size() == pair.reference.size());
  CHECK(warped.pixels.type() == pair.sample.pixels.type());
  const cv::Rect common(30, 20, 210, 160);
  CHECK(cv::norm(warped.pixels(common), pair.reference.pixels(common), cv::NORM_INF) == 0);
  CHECK(cv::countNonZero(warped.shown) == common.area());
  CHECK(cv::norm(warped.pixels(cv::Rect(0, 0, 30, 180)), cv::NORM_INF) == 0);
}

TEST_CASE("a shifted reference comes back pixel by pixel in the sample's frame", "[imaging][frame_warp]") {
  const ShiftedPair pair(GENERATE(CV_8U, CV_16U));
  const WarpedPicture warped = warp_into(Frame::sample, pair.reference, pair.sample, pair.map);
  CHECK(warped.pixels.size() == pair.sample.size());
  const cv::Rect common(0, 0, 210, 160);
  CHECK(cv::norm(warped.pixels(common), pair.sample.pixels(common), cv::NORM_INF) == 0);
  CHECK(cv::countNonZero(warped.shown) == common.area());
}

TEST_CASE("where a file holds no picture nothing is shown in the other frame", "[imaging][frame_warp]") {
  BoardImage sample = board_image(textured_picture({100, 80}, 2));
  cv::Mat1b usable(sample.size(), uchar{255});
  usable(cv::Rect(40, 30, 10, 10)).setTo(0);
  sample.usable = usable;
  const WarpedPicture warped = warp_into(Frame::reference, sample, sample, {});
  CHECK(cv::countNonZero(warped.shown) == 100 * 80 - 100);
  CHECK(cv::norm(warped.pixels(cv::Rect(40, 30, 10, 10)), cv::NORM_INF) == 0);
}

TEST_CASE("a sample of four times the pixels is filtered before it is sampled", "[imaging][frame_warp]") {
  // Stripes of one pixel become even grey, not a moire of black and white.
  cv::Mat1b stripes(320, 320, uchar{0});
  for (int x = 0; x < 320; x += 2) {
    stripes.col(x).setTo(200);
  }
  PlaneMap map;
  map.sample_from_reference << 4, 0, 1.5, 0, 4, 1.5, 0, 0, 1;
  const WarpedPicture warped =
      warp_into(Frame::reference, board_image(cv::Mat1b(80, 80, uchar{0})), board_image(stripes), map);
  cv::Mat1b inside = warped.pixels(cv::Rect(4, 4, 72, 72));
  CHECK(cv::norm(inside, cv::Mat1b(inside.size(), uchar{100}), cv::NORM_INF) <= 1);
}

TEST_CASE("a mirrored map warps too", "[imaging][frame_warp]") {
  const cv::Mat3b board = textured_picture({90, 60}, 2);
  cv::Mat3b mirrored;
  cv::flip(board, mirrored, 1);
  PlaneMap map;
  map.sample_from_reference << -1, 0, 89, 0, 1, 0, 0, 0, 1;
  for (const Frame frame : kFrames) {
    const cv::Mat expected = frame == Frame::reference ? board : mirrored;
    CHECK(cv::norm(warp_into(frame, board_image(board), board_image(mirrored), map).pixels, expected, cv::NORM_INF) ==
          0);
  }
}
