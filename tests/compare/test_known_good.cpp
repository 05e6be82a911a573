// SPDX-License-Identifier: Apache-2.0
#include "compare/known_good.h"
#include "tests/support/small_features.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::features_of;
using boarddiff::compare::in_one_frame;
using boarddiff::compare::KnownGood;
using boarddiff::compare::LaidBoards;
using boarddiff::imaging::BoardImage;
using boarddiff::imaging::PlaneMap;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

PlaneMap shift(double x, double y) {
  PlaneMap map;
  map.sample_from_reference(0, 2) = x;
  map.sample_from_reference(1, 2) = y;
  return map;
}

// Three parts of one picture: what lies at (0, 0) in the first lies at the shift in the others.
LaidBoards three_views() {
  const cv::Mat3b whole = textured_picture({260, 220}, 1);
  LaidBoards boards;
  boards.pictures = {board_image(whole(cv::Rect(20, 10, 200, 160))), board_image(whole(cv::Rect(0, 0, 200, 160))),
                     board_image(whole(cv::Rect(50, 40, 180, 150)))};
  boards.pictures[0].pixels_per_mm = 12;
  boards.from_first = {PlaneMap{}, shift(20, 10), shift(-30, -30)};
  return boards;
}

// What both show is the same to a level: whole shifts resample nothing.
void check_alike(const BoardImage& frame, const BoardImage& moved) {
  REQUIRE(moved.size() == frame.size());
  REQUIRE(cv::countNonZero(moved.usable) > frame.pixels.rows * frame.pixels.cols / 2);
  cv::Mat apart;
  cv::absdiff(frame.pixels, moved.pixels, apart);
  apart.setTo(cv::Scalar::all(0), moved.usable == 0);
  CHECK(cv::norm(apart, cv::NORM_INF) <= 1);
}

}  // namespace

TEST_CASE("boards are brought into the frame of any one of them", "[compare][known_good]") {
  const LaidBoards boards = three_views();
  const auto in_first = in_one_frame(boards, {0, 1, 2});
  REQUIRE(in_first.size() == 3);
  check_alike(boards.pictures[0], in_first[1]);
  check_alike(boards.pictures[0], in_first[2]);
  const auto in_third = in_one_frame(boards, {2, 0, 1});
  check_alike(boards.pictures[2], in_third[1]);
  check_alike(boards.pictures[2], in_third[2]);
}

TEST_CASE("the frame's own picture stays as it is, and gives its scale to the others", "[compare][known_good]") {
  const LaidBoards boards = three_views();
  const auto pictures = in_one_frame(boards, {0, 2});
  CHECK(pictures[0].pixels.data == boards.pictures[0].pixels.data);
  CHECK(pictures[0].usable.empty());
  CHECK(pictures[1].pixels_per_mm == 12);
  CHECK_FALSE(in_one_frame(boards, {1, 0})[1].pixels_per_mm.has_value());
}

TEST_CASE("features are those of the board that is asked for, where there are any", "[compare][known_good]") {
  const auto second = boarddiff::test::small_features();
  const KnownGood known_good{.boards = three_views().pictures, .features = {std::nullopt, second}};
  CHECK_FALSE(features_of(known_good, 0));
  REQUIRE(features_of(known_good, 1));
  CHECK(features_of(known_good, 1)->features.points == second.features.points);
  CHECK_FALSE(features_of(known_good, 2));
  CHECK_FALSE(features_of(KnownGood{.boards = three_views().pictures}, 0));
}

TEST_CASE("what a board's picture does not show is not usable in the frame", "[compare][known_good]") {
  const auto pictures = in_one_frame(three_views(), {0, 2});
  CHECK(pictures[1].usable(10, 10) == 0);
  CHECK(pictures[1].usable(100, 100) == 255);
}
