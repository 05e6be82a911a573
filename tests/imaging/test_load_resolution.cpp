// SPDX-License-Identifier: Apache-2.0
#include "imaging/load.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <map>
#include <optional>

using boarddiff::imaging::decode_board_image;
namespace test = boarddiff::test;

namespace {

const cv::Size kSize(24, 16);

std::optional<double> dpi_of(const std::string& bytes) {
  return decode_board_image(test::as_bytes(bytes), "board.x").source.resolution_dpi;
}

std::string little(std::uint32_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    text += static_cast<char>(value >> (8 * i) & 0xffU);
  }
  return text;
}

std::string big(std::uint32_t value) {
  std::string text = little(value, 4);
  std::reverse(text.begin(), text.end());
  return text;
}

// Entries of a directory of TIFF or EXIF by tag. A ratio stands outside of its directory.
struct Ratio {
  std::uint32_t upper = 0;
  std::uint32_t lower = 1;
};
struct Directory {
  std::map<std::uint16_t, std::uint32_t> longs = {};
  std::map<std::uint16_t, std::uint16_t> shorts = {};
  std::map<std::uint16_t, Ratio> ratios = {};
};

// At `start` of its file.
std::string directory_bytes(const Directory& directory, std::size_t start) {
  constexpr std::uint32_t kShort = 3;
  constexpr std::uint32_t kLong = 4;
  constexpr std::uint32_t kRational = 5;
  const std::size_t count = directory.longs.size() + directory.shorts.size() + directory.ratios.size();
  const std::size_t behind = start + 2 + 12 * count + 4;
  std::map<std::uint16_t, std::string> entries;
  std::string outside;
  for (const auto& [tag, value] : directory.longs) {
    entries[tag] = little(kLong, 2) + little(1, 4) + little(value, 4);
  }
  for (const auto& [tag, value] : directory.shorts) {
    entries[tag] = little(kShort, 2) + little(1, 4) + little(value, 4);
  }
  for (const auto& [tag, value] : directory.ratios) {
    const std::size_t place = behind + outside.size();
    entries[tag] = little(kRational, 2) + little(1, 4) + little(static_cast<std::uint32_t>(place), 4);
    outside += little(value.upper, 4) + little(value.lower, 4);
  }
  std::string bytes = little(static_cast<std::uint32_t>(count), 2);
  for (const auto& [tag, entry] : entries) {
    bytes += little(tag, 2) + entry;
  }
  return bytes + little(0, 4) + outside;
}

constexpr std::uint16_t kXResolution = 0x011a;
constexpr std::uint16_t kYResolution = 0x011b;
constexpr std::uint16_t kUnit = 0x0128;
constexpr std::uint16_t kOrientation = 0x0112;
constexpr std::uint16_t kExifPointer = 0x8769;
constexpr std::uint16_t kExposureTime = 0x829a;
constexpr std::uint16_t kPixelWidth = 0xa002;
constexpr std::uint16_t kPixelHeight = 0xa003;

Directory stating(std::uint32_t x, std::uint32_t y, std::uint16_t unit = 2) {
  return {.shorts = {{kUnit, unit}}, .ratios = {{kXResolution, {x}}, {kYResolution, {y}}}};
}

// Two directories, with "II*\0" first; `more` is the one with exposures and lenses, left out when it is empty.
std::string tiff_structure(Directory first, const Directory& more, const std::string& behind = {},
                           std::uint16_t offset_tag = 0) {
  const bool has_more = !more.longs.empty() || !more.ratios.empty();
  if (has_more) {
    first.longs[kExifPointer] = 0;
  }
  if (offset_tag != 0) {
    first.longs[offset_tag] = 0;
  }
  constexpr std::size_t kHeader = 8;
  const std::size_t second = kHeader + directory_bytes(first, kHeader).size();
  const std::string second_bytes = has_more ? directory_bytes(more, second) : "";
  if (has_more) {
    first.longs[kExifPointer] = static_cast<std::uint32_t>(second);
  }
  if (offset_tag != 0) {
    first.longs[offset_tag] = static_cast<std::uint32_t>(second + second_bytes.size());
  }
  return "II" + little(42, 2) + little(kHeader, 4) + directory_bytes(first, kHeader) + second_bytes + behind;
}

std::string exif_of(const Directory& first, const Directory& more = {}) {
  return std::string("Exif\0\0", 6) + tiff_structure(first, more);
}

// A whole TIFF file, grey and uncompressed.
std::string tiff_file(Directory first, const Directory& more = {}) {
  const auto pixels = static_cast<std::uint32_t>(kSize.area());
  first.shorts.insert({{256, 24}, {257, 16}, {258, 8}, {259, 1}, {262, 1}, {277, 1}, {278, 16}});
  first.longs[279] = pixels;
  return tiff_structure(first, more, std::string(pixels, '\x60'), 273);
}

std::string plain_jpeg() { return test::encoded(test::test_picture(kSize, CV_8UC3), ".jpg"); }

// JFIF's header is the first segment: behind FFD8 FFE0, length, "JFIF\0" and version.
std::string jpeg_with_density(std::uint8_t unit, std::uint16_t x, std::uint16_t y) {
  std::string bytes = plain_jpeg();
  REQUIRE(bytes.substr(6, 4) == "JFIF");
  bytes[13] = static_cast<char>(unit);
  bytes[14] = static_cast<char>(x >> 8U);
  bytes[15] = static_cast<char>(x & 0xffU);
  bytes[16] = static_cast<char>(y >> 8U);
  bytes[17] = static_cast<char>(y & 0xffU);
  return bytes;
}

std::string jpeg_with_exif(const Directory& first, const Directory& more = {}) {
  return test::with_jpeg_segment(jpeg_with_density(0, 1, 1), 0xe1, exif_of(first, more));
}

std::string png_with_density(std::uint32_t x, std::uint32_t y, char unit = 1) {
  const std::string plain = test::encoded(test::test_picture(kSize, CV_8UC3), ".png");
  return test::with_png_chunk(plain, "pHYs", big(x) + big(y) + std::string(1, unit));
}

}  // namespace

TEST_CASE("a scan's resolution is read from every place that states one", "[imaging][load][resolution]") {
  CHECK(dpi_of(jpeg_with_density(1, 1200, 1200)) == Approx(1200));
  CHECK(dpi_of(jpeg_with_density(2, 236, 236)) == Approx(236 * 2.54));
  CHECK(dpi_of(jpeg_with_exif(stating(600, 600))) == Approx(600));
  CHECK(dpi_of(jpeg_with_exif(stating(400, 400, 3))) == Approx(1016));
  CHECK(dpi_of(png_with_density(47244, 47244)) == Approx(1200).epsilon(1e-4));
  CHECK(dpi_of(tiff_file(stating(2400, 2400))) == Approx(2400));
  CHECK(dpi_of(tiff_file(stating(400, 400, 3))) == Approx(1016));
  const std::string exif = exif_of(stating(800, 800)).substr(6);
  CHECK(dpi_of(test::with_png_chunk(test::encoded(test::test_picture(kSize, CV_8UC3), ".png"), "eXIf", exif)) ==
        Approx(800));
  CHECK(dpi_of(test::with_webp_chunk(test::encoded(test::test_picture(kSize, CV_8UC3), ".webp"), "EXIF", exif)) ==
        Approx(800));
  std::string bmp = test::encoded(test::test_picture(kSize, CV_8UC3), ".bmp");
  bmp.replace(38, 8, little(23622, 4) + little(23622, 4));
  CHECK(dpi_of(bmp) == Approx(600).epsilon(1e-4));
}

TEST_CASE("a file without a unit or a number states no resolution", "[imaging][load][resolution]") {
  CHECK_FALSE(dpi_of(jpeg_with_density(0, 1200, 1200)));
  CHECK_FALSE(dpi_of(jpeg_with_density(1, 0, 0)));
  CHECK_FALSE(dpi_of(jpeg_with_exif(stating(1200, 1200, 1))));
  CHECK_FALSE(dpi_of(jpeg_with_exif({.ratios = {{kXResolution, {1200, 0}}, {kYResolution, {1200, 0}}}})));
  CHECK_FALSE(dpi_of(jpeg_with_exif({.ratios = {{kXResolution, {1200}}}})));
  CHECK_FALSE(dpi_of(png_with_density(47244, 47244, 0)));
  CHECK_FALSE(dpi_of(tiff_file(stating(1200, 1200, 1))));
  CHECK_FALSE(dpi_of(test::tiff_bytes(test::test_picture(kSize, CV_8UC1))));
}

TEST_CASE("EXIF without a unit means inches, as its standard says", "[imaging][load][resolution]") {
  CHECK(dpi_of(jpeg_with_exif({.ratios = {{kXResolution, {1200}}, {kYResolution, {1200}}}})) == Approx(1200));
}

TEST_CASE("what programs write without knowing is not believed", "[imaging][load][resolution]") {
  const int dpi = GENERATE(1, 72, 96, 99, 120, 144, 150, 180, 192, 240, 300, 314, 350, 26000);
  CAPTURE(dpi);
  const auto stated = static_cast<std::uint16_t>(dpi);
  CHECK_FALSE(dpi_of(jpeg_with_density(1, stated, stated)));
  CHECK_FALSE(dpi_of(tiff_file(stating(stated, stated))));
  const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));  // rounded as writers do
  CHECK_FALSE(dpi_of(png_with_density(per_metre, per_metre)));
}

TEST_CASE("a resolution next to a common one is believed", "[imaging][load][resolution]") {
  const int dpi = GENERATE(100, 200, 298, 400, 600, 25400);
  CAPTURE(dpi);
  CHECK(dpi_of(jpeg_with_density(1, static_cast<std::uint16_t>(dpi), static_cast<std::uint16_t>(dpi))) == Approx(dpi));
}

TEST_CASE("a picture that a camera made has no resolution", "[imaging][load][resolution]") {
  const auto tag = GENERATE(as<std::uint16_t>{}, kExposureTime, 0x829d, 0x920a, 0x9202);
  const Directory camera{.ratios = {{tag, {1, 60}}}};
  CAPTURE(tag);
  CHECK_FALSE(dpi_of(jpeg_with_exif(stating(1200, 1200), camera)));
  CHECK_FALSE(dpi_of(tiff_file(stating(1200, 1200), camera)));
  const std::string exif = exif_of({}, camera).substr(6);
  CHECK_FALSE(dpi_of(test::with_png_chunk(png_with_density(47244, 47244), "eXIf", exif)));
}

TEST_CASE("a scanner's EXIF does not make it a camera", "[imaging][load][resolution]") {
  const Directory scanner{.longs = {{kPixelWidth, 24}, {kPixelHeight, 16}}};
  CHECK(dpi_of(jpeg_with_exif(stating(1200, 1200), scanner)) == Approx(1200));
  CHECK(dpi_of(tiff_file(stating(1200, 1200), scanner)) == Approx(1200));
}

TEST_CASE("a scan that was shrunk later has no resolution", "[imaging][load][resolution]") {
  CHECK_FALSE(dpi_of(jpeg_with_exif(stating(1200, 1200), {.longs = {{kPixelWidth, 48}, {kPixelHeight, 32}}})));
  // Turned by a program that left the numbers: the same size.
  CHECK(dpi_of(jpeg_with_exif(stating(1200, 1200), {.longs = {{kPixelWidth, 16}, {kPixelHeight, 24}}})) ==
        Approx(1200));
}

TEST_CASE("across and down, and all places, must agree within a hundredth", "[imaging][load][resolution]") {
  CHECK(dpi_of(jpeg_with_density(1, 1200, 1210)) == Approx(1205));
  CHECK_FALSE(dpi_of(jpeg_with_density(1, 1200, 1215)));
  CHECK_FALSE(dpi_of(png_with_density(47244, 23622)));
  const std::string agreeing =
      test::with_jpeg_segment(jpeg_with_density(1, 600, 600), 0xe1, exif_of(stating(600, 600)));
  CHECK(dpi_of(agreeing) == Approx(600));
  const std::string disagreeing =
      test::with_jpeg_segment(jpeg_with_density(1, 600, 600), 0xe1, exif_of(stating(1200, 1200)));
  CHECK_FALSE(dpi_of(disagreeing));
}

TEST_CASE("turning a picture upright keeps its resolution", "[imaging][load][resolution]") {
  const auto orientation = GENERATE(as<std::uint16_t>{}, 1, 3, 6, 8);
  Directory first = stating(1200, 1206);
  first.shorts[kOrientation] = orientation;
  const auto image = decode_board_image(test::as_bytes(jpeg_with_exif(first)), "board.jpg");
  CHECK(image.source.exif_orientation == orientation);
  CHECK(image.size() == (orientation >= 5 ? cv::Size(16, 24) : kSize));
  CHECK(image.source.resolution_dpi == Approx(1203));
}
