// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/load.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <utility>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
using boarddiff::imaging::Error;
using boarddiff::imaging::ErrorCode;
namespace test = boarddiff::test;

namespace {

const cv::Size kSize(160, 120);

BoardImage decode(const std::string& bytes) { return decode_board_image(test::as_bytes(bytes), "board.x"); }

BoardImage decode_damaged(const std::string& bytes) {
  return decode_board_image(test::as_bytes(bytes), "board.x", {.accept_damaged = true});
}

bool is_refused_as_damaged(const std::string& bytes) {
  try {
    static_cast<void>(decode(bytes));
  } catch (const Error& error) {
    return error.code() == ErrorCode::damaged_file;
  }
  return false;
}

// Accepting damage gives a marked picture or still an Error, never anything else.
bool is_marked_or_refused(const std::string& bytes) {
  try {
    const BoardImage image = decode_damaged(bytes);
    return image.source.accepted_damage && !image.notes.empty() && !image.pixels.empty();
  } catch (const Error& error) {
    return error.code() == ErrorCode::damaged_file;
  }
}

std::string jpeg(int progressive = 0, int restart_rows = 0) {
  return test::encoded(test::test_picture(kSize, CV_8UC3), ".jpg",
                       {cv::IMWRITE_JPEG_PROGRESSIVE, progressive, cv::IMWRITE_JPEG_RST_INTERVAL, restart_rows});
}

std::vector<std::pair<std::string, std::string>> files_of_all_kinds() {
  const cv::Mat picture = test::test_picture(kSize, CV_8UC3);
  cv::Mat with_alpha(kSize, CV_8UC4, cv::Scalar(1, 2, 3, 200));
  return {{"baseline JPEG", jpeg()},
          {"progressive JPEG", jpeg(1)},
          {"grey JPEG", test::encoded(test::test_picture(kSize, CV_8UC1), ".jpg")},
          {"JPEG with restarts", jpeg(0, 4)},
          {"PNG", test::encoded(picture, ".png")},
          {"16-bit PNG", test::encoded(test::test_picture(kSize, CV_16UC1), ".png")},
          {"BMP", test::encoded(picture, ".bmp")},
          {"lossy WebP", test::encoded(picture, ".webp", {cv::IMWRITE_WEBP_QUALITY, 80})},
          {"lossless WebP", test::encoded(picture, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101})},
          {"WebP with alpha", test::encoded(with_alpha, ".webp", {cv::IMWRITE_WEBP_QUALITY, 80})},
          {"WebP with EXIF", test::with_webp_chunk(test::encoded(picture, ".webp"), "EXIF", test::exif_block(1))},
          {"plain TIFF", test::tiff_bytes(picture)},
          {"LZW TIFF", test::tiff_bytes(picture, {.compression = 5})},
          {"deflate TIFF", test::tiff_bytes(picture, {.compression = 8})},
          {"PackBits TIFF", test::tiff_bytes(picture, {.compression = 32773})},
          {"JPEG TIFF", test::tiff_bytes(picture, {.compression = 7, .photometric = 6})},
          {"ZSTD TIFF", test::tiff_bytes(picture, {.compression = 50000})},
          {"tiled BigTIFF", test::tiff_bytes(picture, {.compression = 5, .tile_side = 32, .big = true})},
          {"TIFF by OpenCV", test::encoded(picture, ".tif")}};
}

}  // namespace

TEST_CASE("a file cut short anywhere is never taken for a whole one", "[imaging][load]") {
  for (const auto& [kind, bytes] : files_of_all_kinds()) {
    CAPTURE(kind);
    REQUIRE(decode(bytes).notes.empty());
    const double share = GENERATE(0.01, 0.10, 0.25, 0.50, 0.75, 0.90, 0.99, 1.0);
    const auto kept = std::min(static_cast<std::size_t>(share * static_cast<double>(bytes.size())), bytes.size() - 1);
    // Less than this is not enough to tell the format, which is another refusal.
    const std::string cut = bytes.substr(0, std::max<std::size_t>(kept, 32));
    CAPTURE(share);
    CHECK(is_refused_as_damaged(cut));
    CHECK(is_marked_or_refused(cut));
  }
}

TEST_CASE("a JPEG file without its last two bytes is damaged", "[imaging][load]") {
  const std::string bytes = jpeg();
  CHECK(is_refused_as_damaged(bytes.substr(0, bytes.size() - 2)));
}

TEST_CASE("what is missing from a damaged picture is not usable", "[imaging][load]") {
  const std::string kind = GENERATE("jpeg", "png", "bmp", "tiff", "webp");
  CAPTURE(kind);
  const cv::Mat picture = test::test_picture(kSize, CV_8UC3);
  const std::string whole = kind == "tiff"   ? test::tiff_bytes(picture)
                            : kind == "webp" ? test::encoded(picture, ".webp", {cv::IMWRITE_WEBP_QUALITY, 80})
                            // libpng reads compressed data in pieces of 8 kB, more than this picture compressed.
                            : kind == "png" ? test::encoded(picture, ".png", {cv::IMWRITE_PNG_COMPRESSION, 0})
                                            : test::encoded(picture, "." + kind);
  // libtiff writes the directory last; in place of the tail, strips in the middle are made to lie beyond the end.
  std::string cut = whole.substr(0, whole.size() * 6 / 10);
  if (kind == "tiff") {
    cut = test::tiff_bytes(picture, {.compression = 8});
    std::fill_n(cut.begin() + static_cast<std::ptrdiff_t>(cut.size() / 4), 20, '\x55');
  }
  REQUIRE(is_refused_as_damaged(cut));
  const BoardImage image = decode_damaged(cut);
  CHECK(image.source.accepted_damage);
  CHECK_FALSE(image.notes.empty());
  REQUIRE(image.usable.size() == image.pixels.size());

  const BoardImage full = decode(whole);
  cv::Mat difference;
  cv::absdiff(image.pixels, full.pixels, difference);
  difference.setTo(0, image.usable == 0);
  const double usable = cv::countNonZero(image.usable) / static_cast<double>(kSize.area());
  CHECK(usable > 0.1);
  CHECK(usable < 0.95);
  // Upsampling of chroma in JPEG and filtering in WebP look one row ahead.
  difference.rowRange(0, difference.rows - 1).setTo(0, image.usable.rowRange(1, difference.rows) == 0);
  CHECK(cv::norm(difference, cv::NORM_INF) == 0);
}

TEST_CASE("a JPEG file cut short and closed again has rows that are missing", "[imaging][load]") {
  const std::string whole = jpeg();
  const std::string closed_again = whole.substr(0, whole.size() / 2) + "\xff\xd9";
  REQUIRE(is_refused_as_damaged(closed_again));
  const BoardImage image = decode_damaged(closed_again);
  REQUIRE(image.usable.size() == image.pixels.size());
  CHECK(cv::countNonZero(image.usable.row(kSize.height - 1)) == 0);
  CHECK(cv::countNonZero(image.usable.row(0)) == kSize.width);
}

TEST_CASE("two bytes changed in the middle of a JPEG file's data are mostly noticed", "[imaging][load]") {
  // A picture of fine grain, where nearly every bit of the data is a code that decides where the next one begins.
  cv::Mat1b grain(kSize);
  cv::RNG random(7);
  random.fill(grain, cv::RNG::UNIFORM, 0, 256);
  const std::string bytes = test::encoded(grain, ".jpg");
  int noticed = 0;
  constexpr int kPlaces = 40;
  for (int i = 0; i < kPlaces; ++i) {
    std::string flipped = bytes;
    const std::size_t place = bytes.size() / 2 + static_cast<std::size_t>(i) * 7;
    flipped[place] = static_cast<char>(flipped[place] ^ 0x5a);
    flipped[place + 1] = static_cast<char>(flipped[place + 1] ^ 0xa5);
    noticed += is_refused_as_damaged(flipped) ? 1 : 0;
  }
  // What libjpeg cannot notice: codes that happen to fall into step again.
  CHECK(noticed >= kPlaces * 3 / 4);
}

TEST_CASE("every single changed bit in a PNG file is noticed", "[imaging][load]") {
  const std::string bytes = test::encoded(test::test_picture({31, 17}, CV_8UC1), ".png");
  for (std::size_t place = 8; place < bytes.size(); ++place) {
    std::string flipped = bytes;
    flipped[place] = static_cast<char>(flipped[place] ^ (1 << place % 8));
    CAPTURE(place);
    CHECK_THROWS_AS(decode(flipped), Error);
  }
}

TEST_CASE("changed bytes anywhere lead to a picture or an Error", "[imaging][load]") {
  for (const auto& [kind, bytes] : files_of_all_kinds()) {
    CAPTURE(kind);
    for (std::size_t place = 0; place < bytes.size(); place += 1 + bytes.size() / 150) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ 0xff);
      bool is_picture_or_error = false;
      try {
        is_picture_or_error = !decode_damaged(changed).pixels.empty();
      } catch (const Error& error) {
        is_picture_or_error = error.code() != ErrorCode::invalid_option;
      }
      CHECK(is_picture_or_error);
    }
  }
}

TEST_CASE("a progressive JPEG file that ends properly after its first scan is damaged", "[imaging][load]") {
  const std::string bytes = jpeg(1);
  // The second start of scan; entropy-coded data cannot contain the marker.
  const std::size_t second_scan = bytes.find("\xff\xda", bytes.find("\xff\xda") + 2);
  const std::size_t tables = bytes.rfind("\xff\xc4", second_scan);
  const std::string first_scan_only = bytes.substr(0, tables) + "\xff\xd9";
  CHECK(is_refused_as_damaged(first_scan_only));
  CHECK(decode_damaged(first_scan_only).size() == kSize);
}

TEST_CASE("a JPEG file with hundreds of scans is refused", "[imaging][load]") {
  const std::string bytes = jpeg(1);
  const std::size_t last_scan = bytes.rfind("\xff\xda");
  const std::string scan = bytes.substr(last_scan, bytes.size() - 2 - last_scan);
  std::string bomb = bytes.substr(0, bytes.size() - 2);
  for (int i = 0; i < 300; ++i) {
    bomb += scan;
  }
  CHECK(is_refused_as_damaged(bomb + "\xff\xd9"));
}

TEST_CASE("a JPEG file with two frame headers is refused", "[imaging][load]") {
  const std::string bytes = jpeg();
  const std::size_t frame = bytes.find("\xff\xc0");
  CHECK(is_refused_as_damaged(bytes.substr(0, frame) + bytes.substr(frame, 19) + bytes.substr(frame)));
}

TEST_CASE("what is odd but harmless is a note", "[imaging][load]") {
  const std::string bytes = jpeg();
  const std::size_t frame = bytes.find("\xff\xc0");
  std::string other_revision = bytes;
  other_revision[bytes.find("JFIF") + 5] = 9;
  const std::string odd =
      GENERATE_COPY(bytes + "trailing", other_revision, bytes.substr(0, frame) + "fill" + bytes.substr(frame),
                    test::encoded(test::test_picture(kSize, CV_8UC3), ".png") + "trailing",
                    test::encoded(test::test_picture(kSize, CV_8UC3), ".webp") + "trailing");
  const BoardImage image = decode(odd);
  CHECK(image.notes.size() == 1);
  CHECK_FALSE(image.source.accepted_damage);
}

TEST_CASE("bytes between the picture data and the end of a JPEG file are damage", "[imaging][load]") {
  const std::string bytes = jpeg();
  CHECK(is_refused_as_damaged(bytes.substr(0, bytes.size() - 2) + "extra data" + "\xff\xd9"));
}

TEST_CASE("an animated WebP file is not one picture", "[imaging][load]") {
  const std::string webp =
      test::with_webp_chunk(test::encoded(test::test_picture({16, 16}, CV_8UC3), ".webp"), "EXIF", test::exif_block(1));
  std::string animated = webp;
  animated[20] = 0x02;
  CHECK_THROWS_WITH(decode(animated), Catch::Contains("animat"));
}
