// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/flat_field.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <cmath>

using namespace boarddiff::imaging;

namespace {

const cv::Size kSize(60, 40);

BoardImage frame(const cv::Mat1f& levels, const std::string& name) {
  BoardImage image;
  cv::Mat1w pixels;
  levels.convertTo(pixels, CV_16U, 65535);
  image.pixels = pixels;
  image.source = {.name = name, .sha256 = "ab12", .bits_per_channel = 16};
  return image;
}

cv::Mat1f dark() {
  cv::Mat1f level(kSize, 0.02F);
  level.col(7) = 0.05F;  // a column with an offset of its own
  return level;
}

cv::Mat1f beam() {
  cv::Mat1f level(kSize);
  for (int x = 0; x < kSize.width; ++x) level.col(x) = 0.5F + 0.006F * static_cast<float>(x);
  return level;
}

cv::Mat1f transmission() {
  cv::Mat1f through(kSize, 1.0F);
  through(cv::Rect(10, 10, 20, 15)) = 0.3F;
  return through;
}

cv::Mat1f through_in(const BoardImage& image) {
  cv::Mat1f levels;
  image.pixels.convertTo(levels, CV_32F, 1 / (0.8 * 65535));
  return levels;
}

}  // namespace

TEST_CASE("dark and flat frames leave what came through", "[imaging][flat_field]") {
  const cv::Mat1f picture(transmission().mul(beam()) + dark());
  const BoardImage result =
      flat_fielded(frame(picture, "s.tif"),
                   {.dark = frame(dark(), "dark.tif"), .flat = frame(cv::Mat1f(beam() + dark()), "flat.tif")});
  CHECK(result.pixels.type() == CV_16UC1);
  CHECK(cv::norm(through_in(result), transmission(), cv::NORM_INF) < 0.001);
  REQUIRE(result.notes.size() == 1);
  CHECK(result.notes[0].find("dark.tif (sha256:ab12) and the flat frame flat.tif") != std::string::npos);
  CHECK(result.usable.empty());
}

TEST_CASE("either frame alone corrects what it knows", "[imaging][flat_field]") {
  const BoardImage flat_alone =
      flat_fielded(frame(cv::Mat1f(transmission().mul(beam())), "s.tif"), {.flat = frame(beam(), "flat.tif")});
  CHECK(cv::norm(through_in(flat_alone), transmission(), cv::NORM_INF) < 0.001);
  const cv::Mat1f picture(transmission() * 0.6 + dark());
  cv::Mat1f expected(transmission() * 0.6);
  cv::divide(expected, cv::Mat1f(cv::Scalar(1) - dark()), expected);
  cv::Mat1f levels;
  flat_fielded(frame(picture, "s.tif"), {.dark = frame(dark(), "dark.tif")})
      .pixels.convertTo(levels, CV_32F, 1.0 / 65535);
  CHECK(cv::norm(levels, expected, cv::NORM_INF) < 0.001);
}

TEST_CASE("where the beam does not reach nothing is usable", "[imaging][flat_field]") {
  cv::Mat1f flat = beam();
  flat(cv::Rect(0, 0, 5, 40)) = 0;
  const BoardImage result = flat_fielded(frame(flat, "s.tif"), {.flat = frame(flat, "flat.tif")});
  CHECK(cv::countNonZero(result.usable(cv::Rect(0, 0, 5, 40))) == 0);
  CHECK(cv::countNonZero(result.usable) == 55 * 40);
}

TEST_CASE("frames of another size are refused with both sizes", "[imaging][flat_field]") {
  const BoardImage image = frame(cv::Mat1f(30, 20, 0.5F), "s.tif");
  try {
    static_cast<void>(flat_fielded(image, {.flat = frame(beam(), "flat.tif")}));
    FAIL("it was taken");
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK(message.find("--flat flat.tif has 60 x 40 pixels and s.tif 20 x 30") != std::string::npos);
  }
}

TEST_CASE("without frames a picture stays as it is", "[imaging][flat_field]") {
  const BoardImage image = frame(beam(), "s.tif");
  CHECK(cv::norm(flat_fielded(image, {}).pixels, image.pixels, cv::NORM_INF) == 0);
}
