// SPDX-License-Identifier: Apache-2.0
#include "imaging/encode.h"
#include "imaging/load.h"
#include "tests/support/image_bytes.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>

#include <webp/demux.h>

#include <memory>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::encode_animation;
using boarddiff::imaging::encode_picture;
using boarddiff::imaging::format_for;
using boarddiff::imaging::obstacle;
using boarddiff::imaging::PictureFormat;
namespace test = boarddiff::test;
using Catch::Contains;

namespace {

BoardImage read(const std::string& bytes) { return decode_board_image(test::as_bytes(bytes), "aligned"); }

struct Animation {
  std::vector<cv::Mat3b> frames = {};
  std::vector<int> ends_ms = {};
  unsigned loops = 1;
};

// By the decoder that comes with the format.
Animation decoded(const std::string& bytes) {
  const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(WebPAnimDecoderNew(&data, nullptr),
                                                                                   WebPAnimDecoderDelete);
  WebPAnimInfo info{};
  Animation animation;
  if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0) {
    return animation;
  }
  animation.loops = info.loop_count;
  std::uint8_t* rgba = nullptr;
  int end_ms = 0;
  while (WebPAnimDecoderGetNext(decoder.get(), &rgba, &end_ms) != 0) {
    const cv::Mat4b frame(static_cast<int>(info.canvas_height), static_cast<int>(info.canvas_width),
                          reinterpret_cast<cv::Vec4b*>(rgba));
    cv::Mat3b colours(frame.size());
    cv::mixChannels(std::vector<cv::Mat>{frame}, std::vector<cv::Mat>{colours}, {0, 2, 1, 1, 2, 0});
    animation.frames.push_back(colours);
    animation.ends_ms.push_back(end_ms);
  }
  return animation;
}

}  // namespace

TEST_CASE("PNG and TIFF keep every bit", "[imaging][encode]") {
  const int type = GENERATE(CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3);
  const auto format = GENERATE(PictureFormat::png, PictureFormat::tiff);
  CAPTURE(type, name_of(format));
  const cv::Mat pixels = test::test_picture({61, 150}, type);
  const BoardImage opaque = read(encode_picture(pixels, {}, format));
  CHECK(opaque.pixels.type() == type);
  CHECK(cv::norm(opaque.pixels, pixels, cv::NORM_INF) == 0);
  CHECK(opaque.usable.empty());
  CHECK(opaque.notes.empty());
}

TEST_CASE("PNG and TIFF files are transparent where nothing is shown", "[imaging][encode]") {
  const int type = GENERATE(CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3);
  const auto format = GENERATE(PictureFormat::png, PictureFormat::tiff);
  CAPTURE(type, name_of(format));
  const cv::Mat pixels = test::test_picture({61, 150}, type);
  cv::Mat1b shown(pixels.size(), uchar{255});
  shown(cv::Rect(10, 5, 20, 9)).setTo(0);
  const BoardImage cut = read(encode_picture(pixels, shown, format));
  CHECK(cut.pixels.type() == type);
  CHECK(cv::norm(cut.pixels, pixels, cv::NORM_INF) == 0);
  REQUIRE(cut.usable.size() == shown.size());
  CHECK(cv::countNonZero(cut.usable != shown) == 0);
}

TEST_CASE("noise of one row or one column is written too", "[imaging][encode]") {
  cv::Mat noise(cv::Size(GENERATE(1, 3000), GENERATE(1, 2)), CV_16UC3);
  cv::RNG random(7);
  random.fill(noise, cv::RNG::UNIFORM, 0, 65536);
  for (const auto format : {PictureFormat::png, PictureFormat::tiff}) {
    CHECK(cv::norm(read(encode_picture(noise, cv::Mat1b(noise.size(), uchar{255}), format)).pixels, noise,
                   cv::NORM_INF) == 0);
  }
}

TEST_CASE("the other formats hold the picture without transparency", "[imaging][encode]") {
  const cv::Mat3b pixels = test::textured_picture({80, 60}, 1);
  const cv::Mat1b shown(pixels.size(), uchar{0});
  for (const auto format : {PictureFormat::jpeg, PictureFormat::bmp, PictureFormat::webp}) {
    CAPTURE(name_of(format));
    const BoardImage image = read(encode_picture(pixels, shown, format));
    CHECK(image.usable.empty());
    CHECK(cv::norm(image.pixels, pixels, cv::NORM_L1) / (80 * 60 * 3) < 3);  // levels; what quality 95 loses
  }
}

TEST_CASE("a format follows from the file's ending", "[imaging][encode]") {
  CHECK(format_for("a.b/out.PNG") == PictureFormat::png);
  CHECK(format_for("out.tif") == PictureFormat::tiff);
  CHECK(format_for("out.Tiff") == PictureFormat::tiff);
  CHECK(format_for("out.jpg") == PictureFormat::jpeg);
  CHECK(format_for("out.jpeg") == PictureFormat::jpeg);
  CHECK(format_for("out.bmp") == PictureFormat::bmp);
  CHECK(format_for("out.webp") == PictureFormat::webp);
  CHECK_FALSE(format_for("out.gif"));
  CHECK_FALSE(format_for("out"));
  CHECK_FALSE(format_for("folder.png/out"));
}

TEST_CASE("what a format cannot hold is said before it is tried", "[imaging][encode]") {
  CHECK_THAT(obstacle(PictureFormat::jpeg, {10, 10}, CV_16U), Contains("16 bits") && Contains("JPEG"));
  CHECK_THAT(obstacle(PictureFormat::bmp, {10, 10}, CV_16U), Contains("BMP"));
  CHECK_THAT(obstacle(PictureFormat::webp, {10, 10}, CV_16U), Contains("WebP"));
  CHECK(obstacle(PictureFormat::png, {10, 10}, CV_16U).empty());
  CHECK(obstacle(PictureFormat::tiff, {70000, 10}, CV_16U).empty());
  CHECK_THAT(obstacle(PictureFormat::webp, {10, 16384}, CV_8U), Contains("16384") && Contains("16383"));
  CHECK_THAT(obstacle(PictureFormat::jpeg, {65501, 10}, CV_8U), Contains("65500"));
  CHECK(obstacle(PictureFormat::jpeg, {65500, 10}, CV_8U).empty());
}

TEST_CASE("an animation holds its pictures in turn, for as long as asked", "[imaging][encode]") {
  const std::vector<cv::Mat3b> pictures = {cv::Mat3b(40, 60, cv::Vec3b(200, 30, 30)),
                                           cv::Mat3b(40, 60, cv::Vec3b(30, 30, 200))};
  const std::string bytes = encode_animation(pictures, 500);
  CHECK(bytes == encode_animation(pictures, 500));
  const Animation animation = decoded(bytes);
  CHECK(animation.loops == 0);
  CHECK(animation.ends_ms == std::vector{500, 1000});
  REQUIRE(animation.frames.size() == 2);
  constexpr double kLost = 8;  // levels, by quality 95
  CHECK(cv::norm(animation.frames[0], pictures[0], cv::NORM_INF) < kLost);
  CHECK(cv::norm(animation.frames[1], pictures[1], cv::NORM_INF) < kLost);
}
