// SPDX-License-Identifier: Apache-2.0
#include "compare/openings.h"
#include "tests/support/small_pair.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::compare::find_openings;
using boarddiff::test::pair_of;

namespace {

const cv::Size kSize(480, 360);
const cv::Rect kBoard(60, 60, 360, 240);
const cv::Point kHole(120, 120);
const cv::Rect kPart(300, 100, 48, 32);

const cv::Scalar kGreyTable(0.6, 0.6, 0.6);
const cv::Scalar kWood(0.25, 0.45, 0.7);
const cv::Scalar kMask(0.1, 0.35, 0.1);

// A green board with a hole on a table, and with parts from black to white.
cv::Mat3f on_table(const cv::Scalar& table) {
  cv::Mat3f picture(kSize, cv::Vec3f(0, 0, 0));
  picture.setTo(table);
  picture(kBoard).setTo(kMask);
  for (int i = 0; i < 6; ++i) {
    picture(cv::Rect(80 + 56 * i, 240, 40, 40)).setTo(cv::Scalar::all(0.05 + 0.17 * i));
  }
  cv::circle(picture, kHole, 20, table * 0.8, cv::FILLED);  // it is darker in there
  return picture;
}

cv::Mat1b board() {
  cv::Mat1b mask(kSize, uchar{0});
  mask(kBoard) = 255;
  return mask;
}

}  // namespace

TEST_CASE("holes through which two tables show are openings, and the board is not", "[compare][openings]") {
  const cv::Mat1b openings = find_openings(pair_of(on_table(kGreyTable), on_table(kWood)), board());
  CHECK(openings(kHole) == 255);
  CHECK(cv::countNonZero(openings(cv::Rect(80, 160, 320, 128))) == 0);
}

TEST_CASE("on tables of one colour no opening is told from the board", "[compare][openings]") {
  CHECK(cv::countNonZero(find_openings(pair_of(on_table(kWood), on_table(kWood)), board())) == 0);
}

TEST_CASE("a new part is no opening, whatever the tables", "[compare][openings]") {
  cv::Mat3f sample = on_table(kWood);
  sample(kPart).setTo(cv::Scalar(0.1, 0.1, 0.1));
  const cv::Mat1b openings = find_openings(pair_of(on_table(kGreyTable), sample), board());
  CHECK(cv::countNonZero(openings(kPart)) == 0);
}

TEST_CASE("a part of the second table's colour on the mask is no opening", "[compare][openings]") {
  cv::Mat3f sample = on_table(kWood);
  sample(kPart).setTo(kWood);
  const cv::Mat1b openings = find_openings(pair_of(on_table(kGreyTable), sample), board());
  CHECK(cv::countNonZero(openings(kPart)) == 0);
}

TEST_CASE("what two cameras make of one grey is no opening", "[compare][openings]") {
  // The second camera sees everything grey a little brown, the mask as before.
  cv::Mat3f sample = on_table(kGreyTable);
  sample.forEach([](cv::Vec3f& pixel, const int*) {
    if (pixel[0] == pixel[1]) pixel = {0.8F * pixel[0], pixel[1], 1.2F * pixel[2]};
  });
  CHECK(cv::countNonZero(find_openings(pair_of(on_table(kGreyTable), sample), board())) == 0);
}

TEST_CASE("a picture without a table has no openings", "[compare][openings]") {
  const cv::Mat1b everywhere(kSize, uchar{255});
  CHECK(cv::countNonZero(find_openings(pair_of(on_table(kGreyTable), on_table(kWood)), everywhere)) == 0);
}
