// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_corners.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

using boarddiff::imaging::board_corners;
using boarddiff::imaging::Point;

namespace {

cv::Mat1b filled(const std::vector<cv::Point>& outline) {
  cv::Mat1b board(400, 500, uchar{0});
  cv::fillConvexPoly(board, outline, 255);
  return board;
}

const std::vector<cv::Point> kTilted = {{80, 60}, {430, 90}, {410, 330}, {60, 300}};

bool has_corner(const std::array<Point, 4>& corners, const cv::Point& wanted) {
  return std::any_of(corners.begin(), corners.end(),
                     [&](const Point& corner) { return (corner - Point(wanted.x, wanted.y)).norm() < 2; });
}

}  // namespace

TEST_CASE("the corners of a tilted board are where its sides meet", "[imaging][board_corners]") {
  const auto corners = board_corners(filled(kTilted));
  REQUIRE(corners);
  for (const cv::Point& corner : kTilted) {
    CAPTURE(corner);
    CHECK(has_corner(*corners, corner));
  }
  // Clockwise as seen, with y down.
  const Point first = (*corners)[1] - (*corners)[0];
  const Point second = (*corners)[2] - (*corners)[1];
  CHECK(first.x() * second.y() - first.y() * second.x() > 0);
}

TEST_CASE("rounded corners and a notch change nothing", "[imaging][board_corners]") {
  cv::Mat1b board = filled(kTilted);
  cv::morphologyEx(board, board, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {61, 61}));
  cv::rectangle(board, {240, 60, 12, 40}, 0, cv::FILLED);
  const auto corners = board_corners(board);
  REQUIRE(corners);
  CHECK(has_corner(*corners, kTilted.front()));
}

TEST_CASE("a board that is cut, round or absent has no four corners", "[imaging][board_corners]") {
  CHECK_FALSE(board_corners(cv::Mat1b(400, 500, uchar{0})));
  CHECK_FALSE(board_corners(cv::Mat1b(400, 500, uchar{255})));
  CHECK_FALSE(board_corners(filled({{-50, 60}, {430, 90}, {410, 330}, {-60, 300}})));
  cv::Mat1b round(400, 500, uchar{0});
  cv::circle(round, {250, 200}, 150, 255, cv::FILLED);
  CHECK_FALSE(board_corners(round));
}
