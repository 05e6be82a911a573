// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "tests/support/image_bytes.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <bit>
#include <limits>
#include <stdexcept>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::is_picture_file;
using boarddiff::imaging::load_board_image;
using boarddiff::imaging::LoadOptions;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes, const std::string& raw) {
  return decode_board_image(test::as_bytes(bytes), "board.raw", {.raw = raw});
}

Error error_of(const std::string& bytes, const std::string& raw) {
  try {
    static_cast<void>(decode(bytes, raw));
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error("no Error was thrown");
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

bool mentions(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::string words(const std::vector<std::uint32_t>& values, int bytes, bool big_endian = false) {
  std::string text;
  for (const std::uint32_t value : values) {
    for (int i = 0; i < bytes; ++i) {
      text += static_cast<char>(value >> (8 * (big_endian ? bytes - 1 - i : i)) & 255U);
    }
  }
  return text;
}

const cv::Mat1w kValues = (cv::Mat1w(2, 3) << 1, 2, 258, 65535, 4, 40000);
const std::vector<std::uint32_t> kWords{1, 2, 258, 65535, 4, 40000};

}  // namespace

TEST_CASE("a raw dump gives back its values", "[imaging][load]") {
  const BoardImage little = decode(words(kWords, 2), "3x2:u16le");
  CHECK(same_pixels(little.pixels, kValues));
  REQUIRE(little.notes.size() == 1);
  CHECK(little.notes.front() == "Its bytes were read as 3x2:u16le (--raw).");
  CHECK(little.source.format == "raw");
  CHECK(little.source.bits_per_channel == 16);
  CHECK(same_pixels(decode(words(kWords, 2, true), "3x2:u16be").pixels, kValues));
  CHECK(same_pixels(decode(std::string("header!") + words(kWords, 2), "3x2:u16le:7").pixels, kValues));

  const BoardImage bytes = decode(words({1, 2, 3, 4, 5, 255}, 1), "3x2:u8");
  CHECK(same_pixels(bytes.pixels, cv::Mat1b((cv::Mat1b(2, 3) << 1, 2, 3, 4, 5, 255))));
  CHECK(bytes.source.bits_per_channel == 8);
}

TEST_CASE("a raw dump of 12 or 14 bits fills 16, and says so", "[imaging][load]") {
  const auto [most, factor] = GENERATE(table<std::uint16_t, int>({{4095, 16}, {4096, 4}, {16383, 4}, {16384, 1}}));
  CAPTURE(most);
  const BoardImage image = decode(words({0, 7, most}, 2), "3x1:u16le");
  CHECK(same_pixels(image.pixels, cv::Mat1w((cv::Mat1w(1, 3) << 0, 7 * factor, most * factor))));
  CHECK(image.notes.size() == (factor == 1 ? 1 : 2));
}

TEST_CASE("floating-point values of a raw dump keep their zero", "[imaging][load]") {
  const std::vector<std::uint32_t> values{std::bit_cast<std::uint32_t>(0.25F), std::bit_cast<std::uint32_t>(0.5F),
                                          std::bit_cast<std::uint32_t>(std::numeric_limits<float>::quiet_NaN())};
  const BoardImage image = decode(words(values, 4), "3x1:f32le");
  CHECK(same_pixels(image.pixels, cv::Mat1w((cv::Mat1w(1, 3) << 32768, 65535, 0))));
  CHECK(same_pixels(image.usable, cv::Mat1b((cv::Mat1b(1, 3) << 255, 255, 0))));
  CHECK(image.source.bits_per_channel == 32);
}

TEST_CASE("a raw dump of another size than said is damaged", "[imaging][load]") {
  const std::string bytes = words(kWords, 2);
  const Error cut = error_of(bytes.substr(0, 11), "3x2:u16le");
  CHECK(cut.code() == ErrorCode::damaged_file);
  CHECK(mentions(cut.what(), "board.raw: has 11 bytes, and --raw says 12"));
  CHECK(error_of(bytes, "3x2:u16le:1").code() == ErrorCode::damaged_file);
  // Less than a row may follow, as some detectors write a count there.
  CHECK(same_pixels(decode(bytes + "tail!", "3x2:u16le").pixels, kValues));
  CHECK(error_of(bytes + "tail!!", "3x2:u16le").code() == ErrorCode::damaged_file);
}

TEST_CASE("too large a raw dump is refused before anything is allocated", "[imaging][load]") {
  CHECK(error_of("xx", "1000000x1000000:u16le").code() == ErrorCode::too_large);
}

TEST_CASE("a picture with a format stays what it is beside --raw", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({20, 10}, CV_8UC3);
  const BoardImage image = decode(test::encoded(picture, ".png"), "3x2:u16le");
  CHECK(image.source.format == "png");
  CHECK(same_pixels(image.pixels, picture));
  CHECK(error_of("", "3x2:u16le").code() == ErrorCode::unsupported_format);
}

TEST_CASE("a raw dump is read from a file only when --raw says how", "[imaging][load]") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "board.raw", words(kWords, 2));
  CHECK(same_pixels(load_board_image(folder / "board.raw", {.raw = "3x2:u16le"}).pixels, kValues));
  CHECK_THROWS_WITH(load_board_image(folder / "board.raw"), Catch::Contains("no picture format"));
  CHECK(is_picture_file(folder / "board.raw", {.raw = "3x2:u16le"}));
  CHECK_FALSE(is_picture_file(folder / "board.raw", {.raw = "3x3:u16le"}));
  CHECK_FALSE(is_picture_file(folder / "board.raw"));
}

TEST_CASE("what --raw cannot mean is refused with its rule", "[imaging][load]") {
  const std::string raw = GENERATE("3", "3x2", "3x2:", "x2:u8", "3x:u8", "0x2:u8", "3x0:u8", "3x2:u12",
                                   "3x2:u8:", "3x2:u8:-1", "3x2:u8:1:1", "-3x2:u8", "3 x2:u8", "1000001x2:u8",
                                   "3x2:u8:99999999999999999999", "3X2:u8", ":u8:1", "3x2x1:u8");
  CAPTURE(raw);
  const auto found = problems(LoadOptions{.raw = raw});
  REQUIRE(found.size() == 1);
  CHECK(found.front().flag == "--raw");
  CHECK(mentions(found.front().rule, "WIDTHxHEIGHT:FORMAT"));
  CHECK(found.front().value == raw);
  CHECK(error_of("xxxxxx", raw).code() == ErrorCode::invalid_option);
  CHECK(problems(LoadOptions{.raw = "3x2:u16be:12"}).empty());
}
