// SPDX-License-Identifier: Apache-2.0
#include "compare/display_image.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

using boarddiff::compare::display_pixels;
using boarddiff::compare::display_range;
using boarddiff::imaging::Modality;
using boarddiff::test::board_image;
using boarddiff::test::textured_picture;

namespace {

double contrast(const cv::Mat3b& picture) {
  double least = 0;
  double most = 0;
  cv::minMaxLoc(picture.reshape(1), &least, &most);
  return most - least;
}

cv::Mat few_grey_values() {
  cv::Mat grey;
  cv::extractChannel(textured_picture({200, 150}, 2), grey, 1);
  cv::Mat result;
  grey.convertTo(result, CV_16U, 4, 20000);  // 1.5 % of the scale
  return result;
}

}  // namespace

TEST_CASE("an X-ray of few grey values is spread over the whole display", "[compare][display_image]") {
  const auto image = board_image(few_grey_values());
  CHECK(contrast(display_pixels(image.pixels, display_range(image, Modality::xray))) > 200);
}

TEST_CASE("a photograph of 8 bits is shown as it is", "[compare][display_image]") {
  const auto image = board_image(textured_picture({200, 150}, 2));
  const cv::Mat3b shown = display_pixels(image.pixels, display_range(image, Modality::photo));
  CHECK(cv::norm(shown, image.pixels, cv::NORM_INF) == 0);
}
