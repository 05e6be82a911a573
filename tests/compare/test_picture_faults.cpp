// SPDX-License-Identifier: Apache-2.0
#include "compare/picture_faults.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::advice_on;
using boarddiff::compare::reason_for;
using boarddiff::compare::without_faults;
using boarddiff::imaging::FaultyPlaces;
using boarddiff::imaging::Frame;
using boarddiff::imaging::Modality;
using boarddiff::imaging::QualityFault;

namespace {

const cv::Size kSize(200, 100);

// A fault in so many columns from the left.
FaultyPlaces fault_in(int columns, QualityFault fault, Frame picture) {
  cv::Mat1b where(kSize, uchar{0});
  where(cv::Rect(0, 0, columns, kSize.height)) = 255;
  return {fault, picture, where};
}

}  // namespace

TEST_CASE("advice says how much of the board a fault hides, and what to do", "[compare][picture_faults]") {
  cv::Mat1b board(kSize, uchar{0});
  board(cv::Rect(0, 0, 100, 100)) = 255;
  const auto advice = advice_on({fault_in(7, QualityFault::glare, Frame::sample)}, board, Modality::photo);
  REQUIRE(advice.size() == 1);
  CHECK(
      advice[0] ==
      "In the sample glare hides 7 % of the board, which was not inspected. For another picture: move the lamp or the "
      "camera, or put a diffuser before the lamp.");
}

TEST_CASE("what hides next to nothing, or nothing of the board, is not worth a sentence", "[compare][picture_faults]") {
  cv::Mat1b right(kSize, uchar{0});
  right(cv::Rect(100, 0, 100, 100)) = 255;
  CHECK(advice_on({fault_in(50, QualityFault::too_dark, Frame::reference)}, right, Modality::photo).empty());
  FaultyPlaces speck = fault_in(0, QualityFault::glare, Frame::sample);
  speck.where(cv::Rect(100, 0, 5, 1)) = 255;
  CHECK(advice_on({speck}, right, Modality::photo).empty());
  speck.where(cv::Rect(100, 0, 50, 1)) = 255;
  const auto advice = advice_on({speck}, right, Modality::photo);
  REQUIRE(advice.size() == 1);
  CHECK_THAT(advice[0], Catch::StartsWith("In the sample glare hides less than 1 % of the board"));
}

TEST_CASE("an X-ray gets no photographer's advice", "[compare][picture_faults]") {
  const FaultyPlaces blur = fault_in(20, QualityFault::too_blurred, Frame::reference);
  CHECK(reason_for(blur, Modality::photo) == "out of focus or shaken in the reference");
  CHECK(reason_for(blur, Modality::xray) == "blurred in the reference");
  const auto advice = advice_on({blur}, cv::Mat1b(kSize, uchar{255}), Modality::xray);
  REQUIRE(advice.size() == 1);
  CHECK_THAT(advice[0], Catch::Contains("focal spot") && !Catch::Contains("camera"));
}

TEST_CASE("all faults are taken from the board", "[compare][picture_faults]") {
  const cv::Mat1b board(kSize, uchar{255});
  const cv::Mat1b rest = without_faults(board, {fault_in(20, QualityFault::glare, Frame::sample),
                                                fault_in(50, QualityFault::too_blurred, Frame::reference)});
  CHECK(cv::countNonZero(rest) == 150 * 100);
  CHECK(cv::countNonZero(board) == kSize.area());
}
