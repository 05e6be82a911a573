// SPDX-License-Identifier: Apache-2.0
#include "imaging/grey_picture.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::imaging::grey_picture;
using boarddiff::imaging::GreyPicture;
using boarddiff::imaging::Modality;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

TEST_CASE("a picture is shrunk to the longest side asked for and never enlarged", "[imaging][grey_picture]") {
  const GreyPicture shrunk = grey_picture(board_image(textured_picture({500, 331}, 1)), Modality::photo, 250);
  CHECK(shrunk.pixels.size() == cv::Size(250, 166));
  CHECK(shrunk.scale_x == 0.5);
  CHECK(shrunk.scale_y == Approx(166 / 331.0));  // whole pixels round the height
  const GreyPicture whole = grey_picture(board_image(textured_picture({500, 331}, 1)), Modality::photo, 1600);
  CHECK(whole.pixels.size() == cv::Size(500, 331));
  CHECK(whole.scale_x == 1);
}

TEST_CASE("levels are stretched, whatever the exposure and the bits", "[imaging][grey_picture]") {
  const cv::Mat3b picture = textured_picture({400, 300}, 2);
  const GreyPicture expected = grey_picture(board_image(picture), Modality::photo, 400);
  double least = 0;
  double most = 0;
  cv::minMaxLoc(expected.pixels, &least, &most);
  CHECK(least == 0);
  CHECK(most == 255);
  cv::Mat wide;
  picture.convertTo(wide, CV_16U, 257);
  cv::Mat dim;
  picture.convertTo(dim, CV_16U, 60, 900);
  for (const cv::Mat& other : {wide, dim}) {
    // Rounding of grey to whole levels before the stretch, at most one level of the 190 used.
    CHECK(cv::norm(expected.pixels, grey_picture(board_image(other), Modality::photo, 400).pixels, cv::NORM_INF) <= 2);
  }
}

TEST_CASE("a grey file is as good as a colour file", "[imaging][grey_picture]") {
  cv::Mat1b grey;
  cv::cvtColor(textured_picture({300, 200}, 3), grey, cv::COLOR_BGR2GRAY);
  cv::Mat3b colour;
  cv::cvtColor(grey, colour, cv::COLOR_GRAY2BGR);
  CHECK(cv::norm(grey_picture(board_image(grey), Modality::photo, 300).pixels,
                 grey_picture(board_image(colour), Modality::photo, 300).pixels, cv::NORM_INF) <= 1);
}

TEST_CASE("an X-ray is shown by its logarithm", "[imaging][grey_picture]") {
  cv::Mat1w steps(30, 300);
  for (int x = 0; x < steps.cols; ++x) {
    steps.col(x) = x < 100 ? 499 : (x < 200 ? 4999 : 49999);  // a factor of ten each
  }
  const GreyPicture photo = grey_picture(board_image(steps), Modality::photo, 300);
  const GreyPicture xray = grey_picture(board_image(steps), Modality::xray, 300);
  CHECK(photo.pixels(10, 150) < 30);
  CHECK(xray.pixels(10, 150) == Approx(127.5).margin(1));
}

TEST_CASE("a picture of one level is grey, not a failure", "[imaging][grey_picture]") {
  const GreyPicture flat = grey_picture(board_image(cv::Mat1b(80, 90, uchar{77})), Modality::photo, 400);
  CHECK(flat.pixels.size() == cv::Size(90, 80));
  CHECK(cv::countNonZero(flat.pixels != flat.pixels(0, 0)) == 0);
}
