// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <limits>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::LoadOptions;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes, const LoadOptions& options = {}) {
  return decode_board_image(test::as_bytes(bytes), "board.x", options);
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

cv::Mat rgb_order(const cv::Mat& bgr) {
  cv::Mat rgb(bgr.size(), bgr.type());
  cv::mixChannels(std::vector<cv::Mat>{bgr}, std::vector<cv::Mat>{rgb}, {0, 2, 1, 1, 2, 0});
  return rgb;
}

ErrorCode code_of(const std::string& bytes) {
  try {
    static_cast<void>(decode(bytes));
  } catch (const Error& error) {
    return error.code();
  }
  throw std::runtime_error("no Error was thrown");
}

}  // namespace

TEST_CASE("TIFF files of every lossless layout give back every pixel", "[imaging][load]") {
  const int type = GENERATE(CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC3);
  const int compression = GENERATE(1, 5, 8, 32773, 50000);
  const int tile_side = GENERATE(0, 16);
  const bool planes = GENERATE(false, true);
  const bool big = GENERATE(false, true);
  CAPTURE(type, compression, tile_side, planes, big);
  const cv::Mat picture = test::test_picture({45, 37}, type);
  const cv::Mat samples = picture.channels() == 3 ? rgb_order(picture) : picture;
  const BoardImage image = decode(
      test::tiff_bytes(samples, {.compression = compression, .tile_side = tile_side, .planes = planes, .big = big}));
  CHECK(same_pixels(image.pixels, picture));
  CHECK(image.notes.empty());
  CHECK(image.source.format == "tiff");
}

TEST_CASE("JPEG data in a TIFF file comes out in the right colours", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({64, 48}, CV_8UC3);
  const BoardImage image = decode(test::tiff_bytes(rgb_order(picture), {.compression = 7, .photometric = 6}));
  REQUIRE(image.pixels.type() == CV_8UC3);
  // Quality 75 with halved chroma; swapped channels would differ by about 50 in the mean.
  CHECK(cv::norm(image.pixels, picture, cv::NORM_L1) / static_cast<double>(picture.total() * 3) < 4);
}

TEST_CASE("colours that only libtiff mixes are read in 8 bits", "[imaging][load]") {
  // CIE L*a*b* of a neutral middle grey: L 128 of 255, a and b 0.
  const cv::Mat lab(16, 16, CV_8UC3, cv::Scalar(128, 0, 0));
  const BoardImage image = decode(test::tiff_bytes(lab, {.photometric = 8, .orientation = 3}));
  REQUIRE(image.pixels.type() == CV_8UC3);
  const auto pixel = image.pixels.at<cv::Vec3b>(3, 3);
  // libtiff's white differs from sRGB's, by 16 steps in blue; channels or signs mixed up would differ by 100.
  CHECK(std::abs(pixel[0] - pixel[1]) <= 20);
  CHECK(std::abs(pixel[2] - pixel[1]) <= 20);
  CHECK(std::abs(pixel[1] - 120) <= 12);
}

TEST_CASE("samples of few bits are stretched over 8 or 16", "[imaging][load]") {
  const int bits = GENERATE(1, 2, 4, 10, 12, 16);
  CAPTURE(bits);
  const int most = (1 << bits) - 1;
  cv::Mat1w values(3, 21);
  for (int y = 0; y < values.rows; ++y) {
    for (int x = 0; x < values.cols; ++x) {
      values(y, x) = static_cast<std::uint16_t>((y * 977 + x * 131) % (most + 1));
    }
  }
  values(0, 0) = static_cast<std::uint16_t>(most);
  const BoardImage image = decode(test::packed_tiff_bytes(values, bits));
  const double full = bits <= 8 ? 255 : 65535;
  cv::Mat expected;
  values.convertTo(expected, bits <= 8 ? CV_8U : CV_16U, full / most);
  CHECK(same_pixels(image.pixels, expected));
  CHECK(image.source.bits_per_channel == bits);
}

TEST_CASE("a TIFF palette gives colours", "[imaging][load]") {
  const cv::Mat1w places = (cv::Mat1w(1, 4) << 0, 1, 2, 3);
  const std::vector<std::uint16_t> palette{0, 65535, 0x8000, 0x1000, 0, 0, 65535, 0x2000, 0x0100, 0, 0, 0x3000};
  const BoardImage image = decode(test::packed_tiff_bytes(places, 2, palette));
  const cv::Mat expected = (cv::Mat_<cv::Vec3b>(1, 4) << cv::Vec3b(1, 0, 0), cv::Vec3b(0, 0, 255),
                            cv::Vec3b(0, 255, 0x80), cv::Vec3b(0x30, 0x20, 0x10));
  CHECK(same_pixels(image.pixels, expected));
}

TEST_CASE("white as zero is turned into black as zero", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({20, 10}, CV_16UC1);
  cv::Mat expected;
  cv::bitwise_not(picture, expected);
  CHECK(same_pixels(decode(test::tiff_bytes(picture, {.photometric = 0})).pixels, expected));
}

TEST_CASE("a TIFF file's alpha marks what is not usable", "[imaging][load]") {
  const int kind = GENERATE(1, 2);  // colours multiplied by alpha, or not
  cv::Mat samples(8, 8, CV_8UC4, cv::Scalar(100, 50, 25, 255));
  samples.at<cv::Vec4b>(2, 3) = {0, 0, 0, 0};
  samples.at<cv::Vec4b>(4, 5) = {50, 25, 12, 128};
  const BoardImage image = decode(test::tiff_bytes(samples, {.extra_sample = kind}));
  REQUIRE(image.usable.size() == samples.size());
  CHECK(cv::countNonZero(image.usable == 0) == 1);
  CHECK(image.usable(2, 3) == 0);
  CHECK(image.pixels.at<cv::Vec3b>(4, 5) == (kind == 1 ? cv::Vec3b(24, 50, 100) : cv::Vec3b(12, 25, 50)));
  // A fourth sample of no stated meaning is left out.
  CHECK(decode(test::tiff_bytes(samples, {.extra_sample = 0})).usable.empty());
}

TEST_CASE("floating-point values are stretched over 16 bits, and what is no number is not usable", "[imaging][load]") {
  cv::Mat1f values = (cv::Mat1f(2, 3) << -1, 0, 1, 3, 2, 0.5);
  const BoardImage whole = decode(test::tiff_bytes(values));
  const cv::Mat expected = (cv::Mat1w(2, 3) << 0, 16384, 32768, 65535, 49151, 24576);
  CHECK(same_pixels(whole.pixels, expected));
  CHECK(whole.usable.empty());
  CHECK(whole.notes == std::vector<std::string>{"Floating-point values from -1 to 3 were stretched over 16 bits."});
  CHECK(whole.source.bits_per_channel == 32);

  values(0, 1) = std::numeric_limits<float>::quiet_NaN();
  values(1, 1) = std::numeric_limits<float>::infinity();
  values(1, 2) = -std::numeric_limits<float>::infinity();
  const BoardImage holed = decode(test::tiff_bytes(values));
  const cv::Mat usable = (cv::Mat1b(2, 3) << 255, 0, 255, 255, 0, 0);
  CHECK(same_pixels(holed.usable, usable));
  CHECK(holed.pixels.at<std::uint16_t>(1, 0) == 65535);

  values.setTo(std::numeric_limits<float>::quiet_NaN());
  CHECK(code_of(test::tiff_bytes(values)) == ErrorCode::damaged_file);
}

TEST_CASE("floating-point values without one below 0 keep their zero", "[imaging][load]") {
  const cv::Mat1f values = (cv::Mat1f(1, 4) << 0.5, 1, 2, 1.5);
  const BoardImage image = decode(test::tiff_bytes(values));
  CHECK(same_pixels(image.pixels, cv::Mat1w((cv::Mat1w(1, 4) << 16384, 32768, 65535, 49151))));
  REQUIRE(image.notes.size() == 1);
  CHECK(image.notes.front() == "Floating-point values from 0.5 to 2 were stretched over 16 bits; 0 stayed 0.");
  // All the same is bright, and nothing at all is dark.
  CHECK(decode(test::tiff_bytes(cv::Mat1f(2, 2, 0.25F))).pixels.at<std::uint16_t>(1, 1) == 65535);
  CHECK(decode(test::tiff_bytes(cv::Mat1f(2, 2, 0.0F))).pixels.at<std::uint16_t>(1, 1) == 0);
}

TEST_CASE("of several pages the first is used, with a note", "[imaging][load]") {
  const cv::Mat first = test::test_picture({20, 10}, CV_8UC1);
  const BoardImage image = decode(test::two_page_tiff_bytes(first, cv::Mat1b::zeros(5, 5)));
  CHECK(same_pixels(image.pixels, first));
  CHECK(image.notes.size() == 1);
}

TEST_CASE("the page that is asked for is used", "[imaging][load]") {
  const cv::Mat first = test::test_picture({20, 10}, CV_8UC1);
  const cv::Mat second = test::test_picture({9, 5}, CV_8UC1);
  const std::string bytes = test::two_page_tiff_bytes(first, second);
  CHECK(same_pixels(decode(bytes, {.frame = 1}).pixels, first));
  const BoardImage image = decode(bytes, {.frame = 2});
  CHECK(same_pixels(image.pixels, second));
  CHECK(image.notes == std::vector<std::string>{"Page 2 of 2 was used (--load.frame)."});
  CHECK_THROWS_WITH(decode(bytes, {.frame = 3}), "board.x: has 2 pages, and --load.frame says 3");
  // Others have one page and are read as they are.
  CHECK(same_pixels(decode(test::tiff_bytes(first), {.frame = 3}).pixels, first));
}

TEST_CASE("a TIFF file of another compression or with a giant header is refused", "[imaging][load]") {
  CHECK(code_of(test::tiff_bytes(test::test_picture({20, 10}, CV_8UC1), {.compression = 34925})) ==  // LZMA
        ErrorCode::unsupported_format);
  // The width stands in the first entry of the directory (tag 256, type 4 or 3).
  std::string giant = test::tiff_bytes(test::test_picture({20, 10}, CV_8UC1));
  for (const char tag : {'\0', '\1'}) {
    const std::size_t entry = giant.find(std::string{tag, '\1', '\3', '\0', '\1', '\0', '\0', '\0'});
    REQUIRE(entry != std::string::npos);
    giant[entry + 8] = giant[entry + 9] = '\xff';
  }
  CHECK(code_of(giant) == ErrorCode::too_large);
}
