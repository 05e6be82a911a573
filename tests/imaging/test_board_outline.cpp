// SPDX-License-Identifier: Apache-2.0
#include "datasets/board_pair.h"
#include "imaging/board_outline.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::imaging::find_board;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(640, 480);

// Intersection over union.
double agreement(const cv::Mat1b& found, const cv::Mat1b& expected) {
  return cv::countNonZero(found & expected) / static_cast<double>(cv::countNonZero(found | expected));
}

cv::Mat1b turned_board(double angle_deg) {
  cv::Point2f corners[4];
  cv::RotatedRect({320, 240}, {400, 260}, static_cast<float>(angle_deg)).points(corners);
  std::vector<cv::Point> outline(corners, corners + 4);
  cv::Mat1b mask(kSize, uchar{0});
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{outline}, cv::Scalar(255));
  return mask;
}

cv::Mat3f on_table(const cv::Mat1b& board, const cv::Vec3f& table) {
  cv::Mat3f picture(kSize, table);
  textured_light(kSize, 1).copyTo(picture, board);
  return picture;
}

}  // namespace

TEST_CASE("a board on a table is found", "[imaging][board_outline]") {
  const cv::Mat1b board = turned_board(GENERATE(0.0, 12.0, 45.0));
  const cv::Vec3f table = GENERATE(cv::Vec3f(0.9F, 0.9F, 0.9F), cv::Vec3f(0.03F, 0.03F, 0.04F));
  const cv::Mat1b found = find_board(on_table(board, table));
  REQUIRE(found.size() == kSize);
  // Closing rounds the corners and the outline is as coarse as the work picture: about two pixels all around.
  CHECK(agreement(found, board) > 0.94);
}

TEST_CASE("a table that slowly gets darker is still a table", "[imaging][board_outline]") {
  const cv::Mat1b board = turned_board(5);
  cv::Mat3f picture = on_table(board, {0.9F, 0.9F, 0.9F});
  for (int x = 0; x < picture.cols; ++x) {
    picture.col(x) *= 1 - 0.4 * x / picture.cols;
  }
  CHECK(agreement(find_board(picture), board) > 0.94);
}

namespace {

// The share of a picture that shows nothing but board which is taken for board.
double share_of_close_up(boarddiff::datasets::BoardStyle style, std::uint64_t seed) {
  boarddiff::datasets::BoardPairSettings settings;
  settings.style = style;
  settings.megapixels = 0.6;
  const cv::Mat pixels = make_board_pair(settings, seed).reference.pixels;
  cv::Mat middle;  // the board fills 0.88 of the picture's height
  pixels(cv::Rect(pixels.cols / 5, pixels.rows / 5, pixels.cols * 3 / 5, pixels.rows * 3 / 5))
      .convertTo(middle, CV_32F, 1.0 / 255);
  return cv::countNonZero(find_board(middle)) / static_cast<double>(middle.total());
}

}  // namespace

// The flood takes the mask for the table on these and leaves a part too small, or one with too few of the edges.
TEST_CASE("a picture full of board is board everywhere", "[imaging][board_outline]") {
  const std::uint64_t seed = GENERATE(1U, 3U, 6U);
  CAPTURE(seed);
  CHECK(share_of_close_up(boarddiff::datasets::BoardStyle::through_hole, seed) > 0.97);
}

// Not so yet: the flood runs over them, and they have another colour than most of the rest. Of thirty close-ups, six of
// each style, four are kept whole and eighteen lose more than a tenth, which is then counted as not inspected.
TEST_CASE("a large part that the picture's border cuts belongs to the board", "[imaging][board_outline][!shouldfail]") {
  CHECK(share_of_close_up(boarddiff::datasets::BoardStyle::network_switch, 1) > 0.97);
}

TEST_CASE("where nothing stands out the board is everywhere", "[imaging][board_outline]") {
  CHECK(cv::countNonZero(find_board(cv::Mat3f(kSize, cv::Vec3f(0.5F, 0.5F, 0.5F)))) == kSize.area());
  CHECK(cv::countNonZero(find_board(cv::Mat3f(24, 20, cv::Vec3f(0.5F, 0.5F, 0.5F)))) == 24 * 20);
}
