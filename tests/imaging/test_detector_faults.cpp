// SPDX-License-Identifier: Apache-2.0
#include "imaging/detector_faults.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::imaging::repair_detector_faults;
using boarddiff::imaging::RepairedPixels;

namespace {

// Pads and tracks with edges as optics blur them, and noise.
cv::Mat1w board() {
  cv::Mat1f level(240, 320, 40000.0F);
  for (int i = 0; i < 12; ++i) {
    level(cv::Rect(10 + 25 * i, 20 + 15 * i, 12, 8)) = 15000;
    level.row(10 + 17 * i) = 33000;
    level.col(5 + 23 * i) = 31000;
  }
  cv::GaussianBlur(level, level, {}, 0.7);
  cv::Mat1f noise(level.size());
  cv::RNG(5).fill(noise, cv::RNG::NORMAL, 0, 500);
  cv::Mat1w pixels;
  cv::Mat(level + noise).convertTo(pixels, CV_16U);
  return pixels;
}

double difference_at(const cv::Mat1w& one, const cv::Mat1w& other, int y, int x) {
  return std::abs(one(y, x) - other(y, x));
}

}  // namespace

TEST_CASE("a detector without faults is left as it is", "[imaging][detector_faults]") {
  const cv::Mat1w pixels = board();
  const RepairedPixels result = repair_detector_faults(pixels);
  CHECK_FALSE(result.faults.any());
  CHECK(cv::norm(result.pixels, pixels, cv::NORM_INF) == 0);
}

TEST_CASE("hot and dead pixels are counted and filled in", "[imaging][detector_faults]") {
  const cv::Mat1w whole = board();
  cv::Mat1w pixels = whole.clone();
  pixels(47, 40) = 65535;
  pixels(100, 200) = 0;
  pixels(180, 30) = 65535;
  pixels(180, 31) = 65535;  // in pairs, too
  const RepairedPixels result = repair_detector_faults(pixels);
  CHECK(result.faults.pixels == 4);
  CHECK(result.faults.rows + result.faults.columns == 0);
  CHECK(difference_at(result.pixels, whole, 47, 40) < 4000);
  CHECK(difference_at(result.pixels, whole, 100, 200) < 4000);
  CHECK(difference_at(result.pixels, whole, 180, 30) < 4000);
  CHECK(difference_at(result.pixels, whole, 20, 20) == 0);
  CHECK(pixels(47, 40) == 65535);  // the picture given is not written
}

TEST_CASE("dead lines are filled in from both sides, alone and beside each other", "[imaging][detector_faults]") {
  const cv::Mat1w whole = board();
  cv::Mat1w pixels = whole.clone();
  pixels.row(77) = 0;
  pixels.row(78) = 0;
  pixels.col(121) = 65535;
  const RepairedPixels result = repair_detector_faults(pixels);
  CHECK(result.faults.rows == 2);
  CHECK(result.faults.columns == 1);
  CHECK(cv::norm(result.pixels.row(77), whole.row(77), cv::NORM_L1) / whole.cols < 2500);
  CHECK(cv::norm(result.pixels.col(121), whole.col(121), cv::NORM_L1) / whole.rows < 2500);
}

TEST_CASE("a track from end to end is no dead line", "[imaging][detector_faults]") {
  cv::Mat1f level(100, 200, 40000.0F);
  level(cv::Rect(0, 50, 200, 4)) = 30000;
  cv::GaussianBlur(level, level, {}, 0.8);
  cv::Mat1w pixels;
  level.convertTo(pixels, CV_16U);
  CHECK_FALSE(repair_detector_faults(pixels).faults.any());
}

TEST_CASE("pictures of a few pixels are left as they are", "[imaging][detector_faults]") {
  CHECK_FALSE(repair_detector_faults(cv::Mat1w(1, 1, ushort{9})).faults.any());
  CHECK_FALSE(repair_detector_faults(cv::Mat1w(3, 200, ushort{9})).faults.any());
}
