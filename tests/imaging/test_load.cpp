// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/digest.h"
#include "imaging/load.h"
#include "tests/support/image_bytes.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <limits>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
using boarddiff::imaging::load_board_image;
using boarddiff::imaging::LoadOptions;
using boarddiff::imaging::sha256_hex;
using std::string_literals::operator""s;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes, const LoadOptions& options = {}) {
  return decode_board_image(test::as_bytes(bytes), "board.x", options);
}

template <typename Action>
Error error_of(const Action& action) {
  try {
    static_cast<void>(action());
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error("no Error was thrown");
}

Error error_of(const std::string& bytes) {
  return error_of([&] { return decode(bytes); });
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

bool mentions(const Error& error, const std::string& words) {
  return std::string(error.what()).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("lossless files give back every pixel in its own depth", "[imaging][load]") {
  const auto [type, extension] = GENERATE(table<int, std::string>({{CV_8UC1, ".png"},
                                                                   {CV_8UC3, ".png"},
                                                                   {CV_16UC1, ".png"},
                                                                   {CV_16UC3, ".png"},
                                                                   {CV_8UC1, ".bmp"},
                                                                   {CV_8UC3, ".bmp"},
                                                                   {CV_8UC1, ".tif"},
                                                                   {CV_16UC3, ".tif"}}));
  CAPTURE(type, extension);
  const cv::Mat picture = test::test_picture({67, 41}, type);
  const BoardImage image = decode(test::encoded(picture, extension));
  CHECK(same_pixels(image.pixels, picture));
  CHECK(image.usable.empty());
  CHECK(image.notes.empty());
  CHECK(image.source.bits_per_channel == (CV_MAT_DEPTH(type) == CV_16U ? 16 : 8));
  CHECK_FALSE(image.pixels_per_mm.has_value());
}

TEST_CASE("a lossless WebP file gives back every pixel", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({67, 41}, CV_8UC3);
  const BoardImage image = decode(test::encoded(picture, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101}));
  CHECK(same_pixels(image.pixels, picture));
  CHECK(image.source.format == "webp");
}

TEST_CASE("a JPEG file decodes to the pixels that OpenCV sees", "[imaging][load]") {
  const int type = GENERATE(CV_8UC1, CV_8UC3);
  const int progressive = GENERATE(0, 1);
  const std::string bytes = test::encoded(test::test_picture({83, 59}, type), ".jpg",
                                          {cv::IMWRITE_JPEG_QUALITY, 90, cv::IMWRITE_JPEG_PROGRESSIVE, progressive});
  const cv::Mat expected = cv::imdecode(std::vector<uchar>(bytes.begin(), bytes.end()), cv::IMREAD_UNCHANGED);
  const BoardImage image = decode(bytes);
  CHECK(same_pixels(image.pixels, expected));
  CHECK(image.notes.empty());
}

TEST_CASE("a loaded picture says its file's name, format and digest", "[imaging][load]") {
  const test::TemporaryFolder folder;
  const std::string bytes = test::encoded(test::test_picture({20, 10}, CV_8UC3), ".png");
  test::write_text(folder / "board.jpg", bytes);
  const BoardImage image = load_board_image(folder / "board.jpg");
  CHECK(image.source.name == "board.jpg");
  CHECK(image.source.format == "png");  // by its bytes, whatever its name says
  CHECK(image.source.sha256 == sha256_hex(test::as_bytes(bytes)));
  CHECK(image.source.exif_orientation == 1);
}

TEST_CASE("what cannot be read is named with the system's reason", "[imaging][load]") {
  const test::TemporaryFolder folder;
  const auto error_at = [](const std::filesystem::path& path) {
    return error_of([&] { return load_board_image(path); });
  };

  const Error missing = error_at(folder / "absent.png");
  CHECK(missing.code() == ErrorCode::unreadable_file);
  CHECK(mentions(missing, (folder / "absent.png").string() + ": cannot be opened: No such file or directory"));
  const Error directory = error_at(folder.path());
  CHECK(directory.code() == ErrorCode::unreadable_file);
  CHECK(mentions(directory, "is a directory"));

  REQUIRE(::mkfifo((folder / "pipe.png").c_str(), 0600) == 0);
  const Error pipe = error_at(folder / "pipe.png");
  CHECK(pipe.code() == ErrorCode::unreadable_file);
  CHECK(mentions(pipe, "is not a regular file"));
  if (::geteuid() != 0) {  // root may read everything
    test::write_text(folder / "locked.png", "x");
    REQUIRE(::chmod((folder / "locked.png").c_str(), 0) == 0);
    CHECK(mentions(error_at(folder / "locked.png"), "Permission denied"));
  }
}

TEST_CASE("names that other programs take for addresses are plain file names", "[imaging][load]") {
  const std::string name = GENERATE("/vsizip//x.zip/a.png", "/vsicurl/http://localhost/a.png", "http://localhost/a.png",
                                    "file:///a.png", "-", "@list", "a.png[fail]", "msl:a");
  CAPTURE(name);
  CHECK(error_of([&] { return load_board_image(name); }).code() == ErrorCode::unreadable_file);
}

TEST_CASE("a file that is no picture is refused by its first bytes", "[imaging][load]") {
  const auto [bytes, likeness] = GENERATE(table<std::string, std::string>({{"", "is empty"},
                                                                           {"not a picture\n", "text"},
                                                                           {"%PDF-1.7\n", "a PDF file"},
                                                                           {"GIF89a\1\0\1\0"s, "a GIF picture"},
                                                                           {"PK\3\4", "a ZIP archive"},
                                                                           {"\n<!DOCTYPE html>", "HTML"},
                                                                           {"BMW parts list", "text"},
                                                                           {"\1\2\3", "01 02 03"}}));
  CAPTURE(likeness);
  const Error error = error_of(bytes);
  CHECK(error.code() == ErrorCode::unsupported_format);
  CHECK(mentions(error, "board.x: "));
  CHECK(mentions(error, likeness));

  const test::TemporaryFolder folder;
  test::write_text(folder / "board.png", bytes);
  const Error from_file = error_of([&] { return load_board_image(folder / "board.png"); });
  CHECK(from_file.code() == ErrorCode::unsupported_format);
  CHECK(mentions(from_file, likeness));
}

TEST_CASE("a header that claims too many pixels is refused before decoding", "[imaging][load]") {
  const std::string bytes =
      GENERATE(test::png_claiming(30000, 30000), test::png_claiming(0x7fffffff, 1), test::png_claiming(1, 0x7fffffff),
               test::bmp_claiming(40000, 30000), test::bmp_claiming(40000, -30000), test::jpeg_claiming(65535, 65535),
               test::jpeg_claiming(60000, 60000));
  const Error error = error_of(bytes);
  CHECK(error.code() == ErrorCode::too_large);
  CHECK(mentions(error, "--load.max-megapixels"));
}

TEST_CASE("a header without any pixels is refused", "[imaging][load]") {
  const std::string bytes = GENERATE(test::png_claiming(0, 0), test::png_claiming(5, 0), test::bmp_claiming(0, 4),
                                     test::bmp_claiming(-4, 4), test::jpeg_claiming(8, 0));
  CHECK(error_of(bytes).code() == ErrorCode::damaged_file);
}

TEST_CASE("the limit of megapixels is the option's", "[imaging][load]") {
  const std::string bytes = test::encoded(test::test_picture({200, 100}, CV_8UC1), ".png");
  CHECK(decode(bytes, {.max_megapixels = 0.02}).size() == cv::Size(200, 100));
  CHECK(error_of([&] { return decode(bytes, {.max_megapixels = 0.0199}); }).code() == ErrorCode::too_large);
  CHECK(problems(LoadOptions{}).empty());
  CHECK(problems(LoadOptions{.max_megapixels = std::nan("")}).size() == 1);
  CHECK(error_of([&] { return decode(bytes, {.max_megapixels = 0}); }).code() == ErrorCode::invalid_option);
}

TEST_CASE("the header says how large a picture is, wherever it stands", "[imaging][load]") {
  const test::TemporaryFolder folder;
  const cv::Mat picture = test::test_picture({640, 500}, CV_8UC3);
  const auto megapixels_of = [&](const std::string& bytes, const LoadOptions& options = {}) {
    test::write_text(folder / "board.x", bytes);
    return boarddiff::imaging::picture_megapixels(folder / "board.x", options);
  };
  for (const auto* extension : {".jpg", ".png", ".bmp", ".webp", ".tif"}) {
    CAPTURE(extension);
    CHECK(megapixels_of(test::encoded(picture, extension)) == 0.32);
  }
  // Behind the pixels.
  const std::string tiff = test::tiff_bytes(picture);
  CHECK(tiff.size() > 900'000);
  CHECK(megapixels_of(tiff) == 0.32);
  CHECK(megapixels_of(std::string(600, 'x'), {.raw = "30x20:u8"}) == 0.0006);
  // The pixels need not be there, unless the header is behind them.
  CHECK(megapixels_of(test::encoded(picture, ".jpg").substr(0, 2000)) == 0.32);
  CHECK_FALSE(megapixels_of(tiff.substr(0, tiff.size() / 2)));
  CHECK_FALSE(megapixels_of("no picture"));
  CHECK_FALSE(megapixels_of(""));
  CHECK_FALSE(megapixels_of(test::encoded(picture, ".png"), {.max_megapixels = 0.3}));
  CHECK_FALSE(boarddiff::imaging::picture_megapixels(folder / "none").has_value());
}

TEST_CASE("a picture one pixel wide and very high is loaded", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({1, 100000}, CV_8UC1);
  CHECK(same_pixels(decode(test::encoded(picture, ".png")).pixels, picture));
  CHECK(decode(test::encoded(test::test_picture({1, 1}, CV_8UC1), ".png")).size() == cv::Size(1, 1));
}

TEST_CASE("transparent pixels are not usable and keep their colour", "[imaging][load]") {
  cv::Mat picture;
  cv::cvtColor(test::test_picture({30, 20}, CV_8UC3), picture, cv::COLOR_BGR2BGRA);
  cv::Mat3b colour;
  cv::cvtColor(picture, colour, cv::COLOR_BGRA2BGR);
  const auto [extension, parameters] =
      GENERATE(table<std::string, std::vector<int>>({{".png", {}}, {".webp", {cv::IMWRITE_WEBP_QUALITY, 101}}}));
  CAPTURE(extension);
  CHECK(decode(test::encoded(picture, extension, parameters)).usable.empty());

  picture(cv::Rect(3, 4, 5, 6)).forEach<cv::Vec4b>([](cv::Vec4b& pixel, const int*) { pixel[3] = 0; });
  picture.at<cv::Vec4b>(0, 0)[3] = 1;
  const BoardImage image = decode(test::encoded(picture, extension, parameters));
  cv::Mat1b expected(picture.size(), 255);
  expected(cv::Rect(3, 4, 5, 6)).setTo(0);
  CHECK(same_pixels(image.usable, expected));
  cv::Mat difference;
  cv::absdiff(image.pixels, colour, difference);
  difference.setTo(0, expected == 0);  // WebP need not keep what nobody sees
  CHECK(cv::norm(difference, cv::NORM_INF) == 0);
}

TEST_CASE("a 32-bit BMP file without a mask for transparency is opaque", "[imaging][load]") {
  const cv::Mat picture = test::test_picture({5, 3}, CV_8UC3);
  std::string bytes = test::bmp_claiming(5, -3).substr(0, 54);
  bytes[28] = 32;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const auto& pixel = picture.at<cv::Vec3b>(y, x);
      bytes += {static_cast<char>(pixel[0]), static_cast<char>(pixel[1]), static_cast<char>(pixel[2]), '\0'};
    }
  }
  const BoardImage image = decode(bytes);
  CHECK(same_pixels(image.pixels, picture));
  CHECK(image.usable.empty());
}
