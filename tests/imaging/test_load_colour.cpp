// SPDX-License-Identifier: Apache-2.0
#include "imaging/load.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <jpeglib.h>
#include <lcms2.h>

#include <cmath>
#include <csetjmp>
#include <cstdio>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes) { return decode_board_image(test::as_bytes(bytes), "board.x"); }

std::string profile_bytes(cmsHPROFILE profile) {
  cmsUInt32Number length = 0;
  cmsSaveProfileToMem(profile, nullptr, &length);
  std::string bytes(length, '\0');
  cmsSaveProfileToMem(profile, bytes.data(), &length);
  cmsCloseProfile(profile);
  return bytes;
}

// sRGB's white and a pure power as its curve, with the primaries of a wider space (Display P3).
constexpr double kGamma = 1.8;
std::string wide_profile() {
  cmsCIExyY white{0.3127, 0.3290, 1};
  cmsCIExyYTRIPLE primaries{{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};
  cmsToneCurve* curve = cmsBuildGamma(nullptr, kGamma);
  cmsToneCurve* curves[] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
  cmsFreeToneCurve(curve);
  return profile_bytes(profile);
}

std::string grey_profile() {
  cmsToneCurve* curve = cmsBuildGamma(nullptr, kGamma);
  cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
  cmsFreeToneCurve(curve);
  return profile_bytes(profile);
}

// The conversion from first principles for one colour, 0 to 1: linear light, primaries, curve of sRGB. The matrix is
// the usual one from Display P3 to sRGB (both have the same white).
cv::Vec3d srgb_of(const cv::Vec3d& rgb) {
  const cv::Matx33d srgb_from_wide(1.2249, -0.2247, 0, -0.0420, 1.0419, 0, -0.0197, -0.0786, 1.0979);
  cv::Vec3d linear;
  for (int c = 0; c < 3; ++c) {
    linear[c] = std::pow(rgb[c], kGamma);
  }
  cv::Vec3d result = srgb_from_wide * linear;
  for (int c = 0; c < 3; ++c) {
    result[c] = result[c] <= 0.0031308 ? 12.92 * result[c] : 1.055 * std::pow(result[c], 1 / 2.4) - 0.055;
  }
  return result;
}

std::string icc_segment(const std::string& part, int number, int count) {
  return std::string("ICC_PROFILE\0", 12) + static_cast<char>(number) + static_cast<char>(count) + part;
}

// CMYK as Adobe's programs write it (inverted, with their mark) or plainly.
std::string cmyk_jpeg(const cv::Mat4b& stored, bool with_adobe_mark, J_COLOR_SPACE space) {
  jpeg_compress_struct codec{};
  jpeg_error_mgr errors{};
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* data = nullptr;
  unsigned long length = 0;
  jpeg_mem_dest(&codec, &data, &length);
  codec.image_width = static_cast<JDIMENSION>(stored.cols);
  codec.image_height = static_cast<JDIMENSION>(stored.rows);
  codec.input_components = 4;
  codec.in_color_space = JCS_CMYK;
  jpeg_set_defaults(&codec);
  jpeg_set_colorspace(&codec, space);
  codec.write_Adobe_marker = with_adobe_mark ? TRUE : FALSE;
  jpeg_set_quality(&codec, 100, TRUE);
  jpeg_start_compress(&codec, TRUE);
  while (codec.next_scanline < codec.image_height) {
    auto* row = const_cast<unsigned char*>(stored.ptr(static_cast<int>(codec.next_scanline)));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  std::string bytes(reinterpret_cast<char*>(data), length);
  jpeg_destroy_compress(&codec);
  std::free(data);
  return bytes;
}

cv::Mat rgb_order(const cv::Mat& bgr) {
  cv::Mat rgb(bgr.size(), bgr.type());
  cv::mixChannels(std::vector<cv::Mat>{bgr}, std::vector<cv::Mat>{rgb}, {0, 2, 1, 1, 2, 0});
  return rgb;
}

}  // namespace

TEST_CASE("colours with a profile become sRGB", "[imaging][load]") {
  const int type = GENERATE(CV_8UC3, CV_16UC3);
  CAPTURE(type);
  const cv::Mat picture = test::test_picture({40, 30}, type);
  const BoardImage image = decode(test::tiff_bytes(rgb_order(picture), {.icc_profile = wide_profile()}));
  REQUIRE(image.pixels.type() == type);
  CHECK(image.notes.empty());

  cv::Mat3d stored;
  cv::Mat3d found;
  const double full = type == CV_8UC3 ? 255 : 65535;
  picture.convertTo(stored, CV_64F, 1 / full);
  image.pixels.convertTo(found, CV_64F, 1 / full);
  double worst = 0;
  for (int y = 0; y < stored.rows; ++y) {
    for (int x = 0; x < stored.cols; ++x) {
      const cv::Vec3d expected = srgb_of({stored(y, x)[2], stored(y, x)[1], stored(y, x)[0]});
      for (int c = 0; c < 3; ++c) {
        const double inside = std::clamp(expected[c], 0.0, 1.0);
        worst = std::max(worst, std::abs(inside - found(y, x)[2 - c]));
      }
    }
  }
  // Steps of 8 bits: the profile's numbers and the matrix above are rounded to four digits.
  CHECK(worst * 255 <= 1.5);
  CHECK(cv::norm(picture, image.pixels, cv::NORM_INF) > 10 * full / 255);
}

TEST_CASE("a profile is found in every format and in parts", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({40, 30}, CV_8UC3);
  const std::string profile = wide_profile();
  const cv::Mat expected = decode(test::tiff_bytes(rgb_order(picture), {.icc_profile = profile})).pixels;

  const std::string webp = test::encoded(picture, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101});
  CHECK(cv::norm(decode(test::with_webp_chunk(webp, "ICCP", profile)).pixels, expected, cv::NORM_INF) == 0);

  const std::string plain = test::encoded(picture, ".jpg", {cv::IMWRITE_JPEG_QUALITY, 100});
  const std::size_t half = profile.size() / 2;
  const std::string second = test::with_jpeg_segment(plain, 0xe2, icc_segment(profile.substr(half), 2, 2));
  const std::string both = test::with_jpeg_segment(second, 0xe2, icc_segment(profile.substr(0, half), 1, 2));
  const cv::Mat stored = decode(plain).pixels;
  const cv::Mat converted = decode(test::tiff_bytes(rgb_order(stored), {.icc_profile = profile})).pixels;
  CHECK(cv::norm(decode(both).pixels, converted, cv::NORM_INF) == 0);
}

TEST_CASE("an sRGB profile changes no pixel", "[imaging][load]") {
  const int type = GENERATE(CV_8UC3, CV_16UC3);
  const cv::Mat picture = test::test_picture({40, 30}, type);
  const std::string srgb = profile_bytes(cmsCreate_sRGBProfile());
  const BoardImage image = decode(test::tiff_bytes(rgb_order(picture), {.icc_profile = srgb}));
  CHECK(cv::norm(image.pixels, picture, cv::NORM_INF) == 0);
  CHECK(image.notes.empty());
}

TEST_CASE("a profile that does not fit is a note and changes no pixel", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({40, 30}, CV_8UC3);
  const std::string profile = GENERATE(std::string("no profile at all"), wide_profile().substr(0, 200), grey_profile());
  const BoardImage image = decode(test::tiff_bytes(rgb_order(picture), {.icc_profile = profile}));
  CHECK(cv::norm(image.pixels, picture, cv::NORM_INF) == 0);
  CHECK(image.notes.size() == 1);
}

TEST_CASE("a grey picture stays as it is, whatever its profile", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({40, 30}, CV_16UC1);
  const BoardImage image = decode(test::tiff_bytes(picture, {.icc_profile = grey_profile()}));
  CHECK(cv::norm(image.pixels, picture, cv::NORM_INF) == 0);
  CHECK(image.notes.empty());
}

TEST_CASE("CMYK pictures become colours, inverted or not", "[imaging][load]") {
  const cv::Mat4b ink(16, 16, cv::Vec4b(200, 40, 10, 30));  // mostly cyan
  cv::Mat4b inverted;
  cv::bitwise_not(ink, inverted);
  const auto [space, is_adobe] =
      GENERATE(table<J_COLOR_SPACE, bool>({{JCS_CMYK, false}, {JCS_CMYK, true}, {JCS_YCCK, true}}));
  CAPTURE(space, is_adobe);
  const BoardImage image = decode(cmyk_jpeg(is_adobe ? inverted : ink, is_adobe, space));
  REQUIRE(image.pixels.type() == CV_8UC3);
  // (255 - ink) * (255 - black) / 255 for yellow, magenta and cyan; YCCK rounds by up to 2.
  const cv::Mat expected(ink.size(), CV_8UC3, cv::Scalar(216, 190, 49));
  CHECK(cv::norm(image.pixels, expected, cv::NORM_INF) <= 2);
  CHECK(image.notes.size() == 1);
}

TEST_CASE("CMYK in a TIFF file is not inverted", "[imaging][load]") {
  const cv::Mat ink(16, 16, CV_8UC4, cv::Scalar(200, 40, 10, 30));
  const BoardImage image = decode(test::tiff_bytes(ink, {.photometric = 5}));
  CHECK(cv::norm(image.pixels, cv::Mat(16, 16, CV_8UC3, cv::Scalar(216, 190, 49)), cv::NORM_INF) == 0);
}
