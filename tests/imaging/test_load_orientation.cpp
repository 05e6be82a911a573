// SPDX-License-Identifier: Apache-2.0
#include "imaging/load.h"
#include "tests/support/image_bytes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

using boarddiff::imaging::BoardImage;
using boarddiff::imaging::decode_board_image;
namespace test = boarddiff::test;

namespace {

BoardImage decode(const std::string& bytes) { return decode_board_image(test::as_bytes(bytes), "board.x"); }

// Where the EXIF standard says that row 0 and column 0 of the stored picture are seen, one pixel after another: the
// plain form to compare with.
cv::Mat seen(const cv::Mat& stored, int orientation) {
  const bool is_turned = orientation >= 5;
  cv::Mat result(is_turned ? stored.cols : stored.rows, is_turned ? stored.rows : stored.cols, stored.type());
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      const int right = stored.cols - 1;
      const int bottom = stored.rows - 1;
      const cv::Point from[] = {
          {},     {x, y},          {right - x, y},          {right - x, bottom - y}, {x, bottom - y},
          {y, x}, {y, bottom - x}, {right - y, bottom - x}, {right - y, x}};
      stored(cv::Rect(from[orientation], cv::Size(1, 1))).copyTo(result(cv::Rect(x, y, 1, 1)));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("the orientation of a file is applied once", "[imaging][load]") {
  const int orientation = GENERATE(range(1, 9));
  const std::string kind = GENERATE("jpeg", "png", "webp", "webp with header", "tiff");
  CAPTURE(orientation, kind);
  const cv::Mat stored = test::test_picture({24, 16}, CV_8UC3);
  const std::string exif = test::exif_block(static_cast<std::uint16_t>(orientation));
  std::string bytes;
  cv::Mat expected = stored;
  if (kind == "jpeg") {
    const std::string plain = test::encoded(stored, ".jpg");
    expected = decode(plain).pixels;
    bytes = test::with_jpeg_segment(plain, 0xe1, exif);
  } else if (kind == "png") {
    bytes = test::with_png_chunk(test::encoded(stored, ".png"), "eXIf", exif.substr(6));
  } else if (kind == "tiff") {
    cv::Mat samples;
    cv::mixChannels(std::vector<cv::Mat>{stored}, std::vector<cv::Mat>{samples = cv::Mat(stored.size(), CV_8UC3)},
                    {0, 2, 1, 1, 2, 0});
    bytes = test::tiff_bytes(samples, {.orientation = orientation});
  } else {
    const std::string plain = test::encoded(stored, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101});
    bytes = test::with_webp_chunk(plain, "EXIF", kind == "webp" ? exif.substr(6) : exif);
  }
  const BoardImage image = decode(bytes);
  expected = seen(expected, orientation);
  REQUIRE(image.pixels.size() == expected.size());
  CHECK(cv::norm(image.pixels, expected, cv::NORM_INF) == 0);
  CHECK(image.source.exif_orientation == orientation);
  CHECK(image.notes.empty());
}

TEST_CASE("the mask of usable pixels turns with the picture", "[imaging][load]") {
  cv::Mat picture(10, 20, CV_8UC4, cv::Scalar(10, 20, 30, 255));
  picture.at<cv::Vec4b>(2, 3) = {0, 0, 0, 0};
  const std::string exif = test::exif_block(6).substr(6);
  const BoardImage image = decode(test::with_png_chunk(test::encoded(picture, ".png"), "eXIf", exif));
  REQUIRE(image.usable.size() == cv::Size(10, 20));
  CHECK(cv::countNonZero(image.usable == 0) == 1);
  CHECK(image.usable(3, 10 - 1 - 2) == 0);
}

TEST_CASE("an orientation that does not exist is a note", "[imaging][load]") {
  const std::string plain = test::encoded(test::test_picture({24, 16}, CV_8UC3), ".jpg");
  const BoardImage image = decode(test::with_jpeg_segment(plain, 0xe1, test::exif_block(9)));
  CHECK(image.size() == cv::Size(24, 16));
  CHECK(image.source.exif_orientation == 1);
  CHECK(image.notes.size() == 1);
}

TEST_CASE("a corrupt EXIF block changes nothing", "[imaging][load]") {
  const std::string plain = test::encoded(test::test_picture({24, 16}, CV_8UC3), ".jpg");
  const std::string exif = test::exif_block(6);
  const std::string block =
      GENERATE_COPY(exif.substr(0, 12), exif.substr(0, 8) + std::string(40, '\xff'), exif.substr(0, 6));
  CHECK(decode(test::with_jpeg_segment(plain, 0xe1, block)).size() == cv::Size(24, 16));
}
