// SPDX-License-Identifier: Apache-2.0
#include "cli/review/tile_pyramid.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using boarddiff::cli::TileLevels;
using boarddiff::cli::TilePyramid;

namespace {

// Brightness grows from left to right, so that a tile tells where it is from.
cv::Mat3b slope(int width, int height) {
  cv::Mat3b picture(height, width);
  for (int x = 0; x < width; ++x) picture.col(x).setTo(cv::Scalar::all(255.0 * x / width));
  return picture;
}

cv::Mat3b decoded(const std::string& jpeg) {
  return cv::imdecode(std::vector<uchar>(jpeg.begin(), jpeg.end()), cv::IMREAD_COLOR);
}

}  // namespace

TEST_CASE("levels go from one tile to the full picture", "[cli][tiles]") {
  const TileLevels large = TileLevels::of({3000, 2000});
  CHECK(large.last == 12);
  CHECK(large.first == 9);
  const TileLevels small = TileLevels::of({512, 100});
  CHECK(small.last == 9);
  CHECK(small.first == 9);
  const TileLevels least = TileLevels::of({1, 1});
  CHECK(least.last == 0);
  CHECK(least.first == 0);
}

TEST_CASE("tiles have one pixel of their neighbours and cover the picture", "[cli][tiles]") {
  const TilePyramid pyramid(slope(1100, 700));
  const int full = pyramid.levels().last;
  REQUIRE(pyramid.tiles_of(full) == cv::Size(3, 2));
  CHECK(decoded(*pyramid.tile({full, 0, 0})).size() == cv::Size(513, 513));
  CHECK(decoded(*pyramid.tile({full, 1, 0})).size() == cv::Size(514, 513));
  CHECK(decoded(*pyramid.tile({full, 2, 1})).size() == cv::Size(1100 - 1024 + 1, 700 - 512 + 1));
  CHECK(decoded(*pyramid.tile({pyramid.levels().first, 0, 0})).size() == cv::Size(275, 175));
}

TEST_CASE("a tile shows its own place at every level", "[cli][tiles]") {
  const TilePyramid pyramid(slope(2048, 600));
  for (int level = pyramid.levels().first; level <= pyramid.levels().last; ++level) {
    const int columns = pyramid.tiles_of(level).width;
    for (int column = 0; column < columns; ++column) {
      const double expected = 255.0 * (column + 0.5) / columns;
      CHECK(cv::mean(decoded(*pyramid.tile({level, column, 0})))[0] == Approx(expected).margin(3));
    }
  }
}

TEST_CASE("there are no tiles beyond a picture", "[cli][tiles]") {
  const TilePyramid pyramid(slope(600, 600));
  const int full = pyramid.levels().last;
  CHECK_FALSE(pyramid.tile({full, 2, 0}).has_value());
  CHECK_FALSE(pyramid.tile({full, 0, 999'999}).has_value());
  CHECK_FALSE(pyramid.tile({full + 1, 0, 0}).has_value());
  CHECK_FALSE(pyramid.tile({pyramid.levels().first - 1, 0, 0}).has_value());
}
