// SPDX-License-Identifier: Apache-2.0
#include "imaging/flat_field.h"
#include "imaging/load.h"
#include "imaging/prepare_xray.h"
#include "tests/support/dicom_bytes.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::flat_fielded;
using boarddiff::imaging::prepared_xray;
namespace test = boarddiff::test;

namespace {

// What a detector counts: of a dark frame, of the open beam, and behind a board. The most that each file holds differs,
// and so does what the loader makes of it.
const cv::Mat1f kDark = (cv::Mat1f(2, 3) << 40, 50, 60, 40, 55, 70);
const cv::Mat1f kFlat = (cv::Mat1f(2, 3) << 3000, 3100, 2900, 4000, 3055, 3070);
const cv::Mat1f kThrough = (cv::Mat1f(2, 3) << 1, 0.5, 0.25, 0.1, 0.75, 0);
constexpr double kRounding = 0.0005;  // of the beam: half a count of 3000, and of 16 bits

cv::Mat1f behind_board() { return cv::Mat1f(kThrough.mul(cv::Mat1f(kFlat - kDark)) + kDark); }

cv::Mat1w counts(const cv::Mat1f& values, double factor = 1) {
  cv::Mat1w rounded;
  values.convertTo(rounded, CV_16U, factor);
  return rounded;
}

BoardImage decode(const std::string& bytes, const std::string& raw = {}) {
  return decode_board_image(test::as_bytes(bytes), "board", {.raw = raw});
}

BoardImage raw(const cv::Mat1f& values) {
  const cv::Mat1w rounded = counts(values);
  return decode(std::string(reinterpret_cast<const char*>(rounded.data), rounded.total() * 2), "3x2:u16le");
}

BoardImage dicom(const cv::Mat1f& values, const test::DicomWriting& writing) {
  return decode(test::dicom_bytes({counts(values)}, writing));
}

// What the pixels stand for.
cv::Mat1f values_of(const BoardImage& image) {
  cv::Mat1f values;
  image.pixels.convertTo(values, CV_32F, image.values.per_step, image.values.at_zero);
  return values;
}

double error_of(const BoardImage& result) { return cv::norm(values_of(result), kThrough, cv::NORM_INF); }

bool is_close(const BoardImage& image, const cv::Mat1f& expected, double tolerance) {
  return cv::norm(values_of(image), expected, cv::NORM_INF) <= tolerance;
}

}  // namespace

TEST_CASE("pixels stand for the numbers of their file", "[imaging][load]") {
  const cv::Mat1f below_0(kDark - 50);
  CHECK(is_close(decode(test::tiff_bytes(kFlat)), kFlat, 4000 / 65535.0));
  CHECK(is_close(decode(test::tiff_bytes(below_0)), below_0, 30 / 65535.0));
  CHECK(is_close(raw(kFlat), kFlat, 0.01));
  CHECK(is_close(dicom(kFlat, {.bits_stored = 12}), kFlat, 0.05));
  CHECK(is_close(dicom(kFlat, {.photometric = "MONOCHROME1", .bits_stored = 12}), kFlat, 0.05));
  CHECK(is_close(dicom(kDark, {.slope = "0.5", .intercept = "-30"}), cv::Mat1f(kDark * 0.5 - 30), 0.001));
}

TEST_CASE("pixels of whole numbers are these numbers", "[imaging][load]") {
  CHECK(decode(test::encoded(counts(kFlat), ".png")).values.is_plain());
  CHECK(raw(cv::Mat1f(kFlat * 5)).values.is_plain());
}

TEST_CASE("pixels that all are the same stand for their number", "[imaging][load]") {
  const cv::Mat1f negative(2, 3, -7.0F);
  CHECK(cv::norm(values_of(decode(test::tiff_bytes(negative))), negative, cv::NORM_INF) == 0);
  const cv::Mat1f zero(2, 3, 0.0F);
  CHECK(cv::norm(values_of(decode(test::tiff_bytes(zero))), zero, cv::NORM_INF) == 0);
}

TEST_CASE("frames and picture of floating-point values are corrected on one scale", "[imaging][flat_field]") {
  const double unit = GENERATE(1.0, 1e-7, 1e7);
  CAPTURE(unit);
  const auto tiff = [&](const cv::Mat1f& values) { return decode(test::tiff_bytes(cv::Mat1f(values * unit))); };
  CHECK(error_of(flat_fielded(tiff(behind_board()), {.dark = tiff(kDark), .flat = tiff(kFlat)})) < kRounding);
  const cv::Mat1f no_dark(behind_board() - kDark);
  CHECK(error_of(flat_fielded(tiff(no_dark), {.flat = tiff(cv::Mat1f(kFlat - kDark))})) < kRounding);
  // Detectors that subtract a dark frame themselves leave values below 0.
  const auto shifted = [&](const cv::Mat1f& values) { return tiff(cv::Mat1f(values - 65)); };
  CHECK(error_of(flat_fielded(shifted(behind_board()), {.dark = shifted(kDark), .flat = shifted(kFlat)})) < kRounding);
}

TEST_CASE("raw frames and pictures whose greatest values differ are corrected on one scale", "[imaging][flat_field]") {
  CHECK(error_of(flat_fielded(raw(behind_board()), {.dark = raw(kDark), .flat = raw(kFlat)})) < kRounding);
  // The flat frame is above 12 bits, so it is stretched by less than the picture.
  const cv::Mat1f flat(kFlat * 2 - kDark);
  CHECK(error_of(flat_fielded(raw(cv::Mat1f(behind_board() * 2 - kDark)), {.dark = raw(kDark), .flat = raw(flat)})) <
        kRounding);
}

TEST_CASE("DICOM frames and pictures are corrected on one scale", "[imaging][flat_field]") {
  const auto [photometric, slope, intercept] =
      GENERATE(table<std::string, std::string, std::string>({{"MONOCHROME2", "", ""},
                                                             {"MONOCHROME2", "0.3", "0"},
                                                             {"MONOCHROME2", "2", "-100"},
                                                             {"MONOCHROME1", "", ""},
                                                             {"MONOCHROME1", "-1", "4000"}}));
  CAPTURE(photometric, slope, intercept);
  const test::DicomWriting writing{
      .photometric = photometric, .bits_stored = 12, .slope = slope, .intercept = intercept};
  CHECK(error_of(flat_fielded(dicom(behind_board(), writing),
                              {.dark = dicom(kDark, writing), .flat = dicom(kFlat, writing)})) < kRounding);
}

TEST_CASE("frames and picture of several formats are corrected by their numbers", "[imaging][flat_field]") {
  const BoardImage png = decode(test::encoded(counts(behind_board()), ".png"));
  CHECK(error_of(flat_fielded(png, {.dark = raw(kDark), .flat = decode(test::tiff_bytes(kFlat))})) < kRounding);
}

TEST_CASE("plain numbers of 8 and of 16 bits are corrected as shares of full scale", "[imaging][flat_field]") {
  cv::Mat1b bytes;
  kThrough.convertTo(bytes, CV_8U, 200);
  const cv::Mat1w flat(kFlat.size(), static_cast<std::uint16_t>(200 * 257));
  const BoardImage result =
      flat_fielded(decode(test::encoded(bytes, ".png")), {.flat = decode(test::encoded(flat, ".png"))});
  CHECK(error_of(result) < 0.5 / 200 + kRounding);
}

TEST_CASE("what a frame does not hold is not usable in the picture", "[imaging][flat_field]") {
  cv::Mat1f dark = kDark.clone();
  dark(0, 1) = std::numeric_limits<float>::quiet_NaN();
  const BoardImage result =
      flat_fielded(raw(behind_board()), {.dark = decode(test::tiff_bytes(dark)), .flat = raw(kFlat)});
  REQUIRE(!result.usable.empty());
  CHECK(result.usable(0, 1) == 0);
  CHECK(cv::countNonZero(result.usable) == 5);
}

TEST_CASE("an X-ray that is prepared still stands for the numbers of its file", "[imaging][prepare_xray]") {
  // Dark around a bright compact part: it is inverted.
  cv::Mat1b pixels(60, 60, uchar{40});
  pixels(cv::Rect(25, 25, 6, 6)) = 220;
  const BoardImage before = decode(test::encoded(pixels, ".png"));
  const BoardImage after = prepared_xray(before);
  REQUIRE(after.values.per_step < 0);
  CHECK(cv::norm(values_of(after), values_of(before), cv::NORM_INF) < 0.001);
}
