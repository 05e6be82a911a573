// SPDX-License-Identifier: Apache-2.0
#include "compare/alignment_view.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;
using boarddiff::compare::PicturesInOneFrame;
using boarddiff::imaging::Frame;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

PicturesInOneFrame grey_and_white(const cv::Size& size) {
  return {.reference = cv::Mat3b(size, cv::Vec3b::all(90)),
          .sample = cv::Mat3b(size, cv::Vec3b::all(250)),
          .shown = cv::Mat1b(size, uchar{255})};
}

}  // namespace

TEST_CASE("a darker picture of another tint is brought to the light of the frame's", "[compare][alignment_view]") {
  const cv::Mat3b board = textured_picture({200, 150}, 3);
  cv::Mat3b dark;
  cv::multiply(board, cv::Scalar(0.5, 0.7, 0.6), dark);
  const cv::Mat1b shown(board.size(), uchar{255});
  const auto pictures =
      compare::pictures_in_one_frame(board_image(board), {dark, shown}, Frame::reference, imaging::Modality::photo);
  CHECK(cv::norm(pictures.reference, board, cv::NORM_INF) == 0);
  CHECK(cv::norm(pictures.sample, board, cv::NORM_L1) / (200 * 150 * 3) < 1);  // levels: rounding
  // In the sample's frame it is the reference that is changed.
  const auto there =
      compare::pictures_in_one_frame(board_image(board), {dark, shown}, Frame::sample, imaging::Modality::photo);
  CHECK(cv::norm(there.sample, board, cv::NORM_INF) == 0);
}

TEST_CASE("only what both pictures show decides on the light", "[compare][alignment_view]") {
  const cv::Mat3b board = textured_picture({200, 150}, 3);
  cv::Mat3b cut = board.clone();
  cv::Mat1b shown(board.size(), uchar{255});
  const cv::Rect hidden(0, 0, 120, 150);
  cut(hidden).setTo(cv::Scalar::all(0));
  shown(hidden).setTo(0);
  const auto pictures =
      compare::pictures_in_one_frame(board_image(board), {cut, shown}, Frame::reference, imaging::Modality::photo);
  const cv::Rect seen(120, 0, 80, 150);
  CHECK(cv::norm(pictures.sample(seen), board(seen), cv::NORM_INF) <= 1);
}

TEST_CASE("grey pictures of 16 bits become viewable", "[compare][alignment_view]") {
  cv::Mat1w slope(100, 200);
  for (int x = 0; x < 200; ++x) {
    slope.col(x).setTo(1000 + 50 * x);
  }
  const auto pictures = compare::pictures_in_one_frame(board_image(slope), {slope, cv::Mat1b(slope.size(), uchar{255})},
                                                       Frame::reference, imaging::Modality::xray);
  CHECK(pictures.reference(50, 2)[0] < 10);
  CHECK(pictures.reference(50, 197)[0] > 245);
  CHECK(cv::norm(pictures.reference, pictures.sample, cv::NORM_INF) <= 1);
}

TEST_CASE("a checkerboard shows both pictures in equal parts, and neighbours differ", "[compare][alignment_view]") {
  const cv::Mat3b board = compare::checkerboard(grey_and_white({480, 320}));
  cv::Mat1b white;
  cv::extractChannel(board, white, 0);
  CHECK(cv::countNonZero(white == 250) == cv::countNonZero(white == 90));
  CHECK(white(10, 10) == 90);
  CHECK(white(10, 30) == 250);
  CHECK(white(30, 10) == 250);
  CHECK(white(30, 30) == 90);
}

TEST_CASE("a checkerboard shows the reference where the sample shows nothing", "[compare][alignment_view]") {
  PicturesInOneFrame pictures = grey_and_white({480, 320});
  pictures.shown.setTo(0);
  CHECK(cv::norm(compare::checkerboard(pictures), pictures.reference, cv::NORM_INF) == 0);
}

TEST_CASE("the two frames to flicker differ in word, colour and pattern, and have one size",
          "[compare][alignment_view]") {
  const auto frames = compare::flicker_frames(grey_and_white({400, 300}));
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].size() == frames[1].size());
  // Along the left border: one colour there, two here.
  const auto colours_along = [](const cv::Mat3b& frame) {
    cv::Mat1b blue;
    cv::extractChannel(frame.col(3), blue, 0);
    double least = 0;
    double most = 0;
    cv::minMaxLoc(blue, &least, &most);
    return most - least;
  };
  CHECK(colours_along(frames[0]) == 0);
  CHECK(colours_along(frames[1]) > 200);
  CHECK(cv::norm(frames[0](100, 3), cv::Vec3b(178, 114, 0)) == 0);
}

TEST_CASE("frames to flicker fit into 1600 pixels and keep small pictures as they are", "[compare][alignment_view]") {
  const auto large = compare::flicker_frames(grey_and_white(GENERATE(cv::Size(4000, 300), cv::Size(300, 4000))));
  CHECK(std::max(large[0].cols, large[0].rows) <= 1600);
  CHECK(std::max(large[0].cols, large[0].rows) > 1590);
  const auto small = compare::flicker_frames(grey_and_white({400, 300}));
  CHECK(small[0].size() == cv::Size(400 + 2 * 12, 300 + 12 + 36));
  CHECK(small[0](36, 12) == cv::Vec3b::all(90));
  CHECK(small[0](36 + 299, 12 + 399) == cv::Vec3b::all(90));
}

TEST_CASE("what only one picture shows does not blink", "[compare][alignment_view]") {
  PicturesInOneFrame pictures = grey_and_white({400, 300});
  pictures.shown(cv::Rect(0, 0, 400, 100)).setTo(0);
  const auto frames = compare::flicker_frames(pictures);
  const cv::Point hidden(200, 36 + 50);
  CHECK(frames[0](hidden) == cv::Vec3b(0, 0, 0));
  CHECK(frames[1](hidden) == cv::Vec3b(0, 0, 0));
  CHECK(frames[0](cv::Point(200, 36 + 200)) == cv::Vec3b::all(90));
}
