// SPDX-License-Identifier: Apache-2.0
#include "imaging/xray_attenuation.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::imaging::attenuation;
using boarddiff::imaging::matched_attenuation;

namespace {

const cv::Size kSize(320, 240);

// Attenuation from about 0.1 to 0.9, as of a board with parts.
cv::Mat1f board_attenuation() {
  cv::Mat1f grey;
  cv::cvtColor(boarddiff::test::textured_light(kSize, 1), grey, cv::COLOR_BGR2GRAY);
  return grey;
}

// The heel effect: slow over the picture, up to 0.06 either way.
cv::Mat1f slow_wave() {
  cv::Mat1f wave(kSize);
  for (int y = 0; y < wave.rows; ++y) {
    for (int x = 0; x < wave.cols; ++x) {
      wave(y, x) = static_cast<float>(0.06 * std::sin(x / 90.0) * std::cos(y / 100.0));
    }
  }
  return wave;
}

cv::Mat1b everywhere() { return {kSize, uchar{255}}; }

double mean_absolute(const cv::Mat1f& a, const cv::Mat1f& b) { return cv::norm(a, b, cv::NORM_L1) / a.size().area(); }

}  // namespace

TEST_CASE("what lies on top of each other adds up", "[imaging][xray_attenuation]") {
  cv::Mat1f transmission(60, 80, 0.8F);
  transmission(cv::Rect(10, 10, 20, 20)) *= 0.5F;
  transmission(cv::Rect(20, 20, 20, 20)) *= 0.25F;
  const cv::Mat1f result = attenuation(transmission);
  CHECK(result(0, 0) == Approx(0).margin(1e-6));  // the open beam, whatever its level
  CHECK(result(15, 15) == Approx(std::log(2.0)).margin(1e-5));
  CHECK(result(35, 35) == Approx(std::log(4.0)).margin(1e-5));
  CHECK(result(25, 25) == Approx(std::log(8.0)).margin(1e-5));
}

TEST_CASE("no light at all is finite", "[imaging][xray_attenuation]") {
  CHECK(cv::checkRange(attenuation(cv::Mat1f(60, 80, 0.0F))));
  cv::Mat1f half(60, 80, 1.0F);
  half(cv::Rect(0, 0, 40, 60)) = 0;
  const cv::Mat1f result = attenuation(half);
  CHECK(result(30, 20) > 8);  // the logarithm of 12 bits
  CHECK(cv::checkRange(result));
}

TEST_CASE("gain and offset of another exposure are taken out", "[imaging][xray_attenuation]") {
  const cv::Mat1f reference = board_attenuation();
  const cv::Mat1f sample(reference * 0.8 + 0.1);
  CHECK(mean_absolute(reference, sample) > 0.01);
  // One step of the grid's 8 bits is 0.0025.
  CHECK(mean_absolute(reference, matched_attenuation(reference, sample, everywhere())) < 0.0025);
}

TEST_CASE("a slow wave of the beam is taken out", "[imaging][xray_attenuation]") {
  const cv::Mat1f reference = board_attenuation();
  const cv::Mat1f sample(reference * 1.2 + slow_wave());
  const double before = mean_absolute(slow_wave(), cv::Mat1f(kSize, 0.0F));
  CHECK(mean_absolute(reference, matched_attenuation(reference, sample, everywhere())) < 0.25 * before);
}

TEST_CASE("an added part stays", "[imaging][xray_attenuation]") {
  const cv::Mat1f reference = board_attenuation();
  cv::Mat1f sample(reference * 0.9 + slow_wave());
  const cv::Rect part(140, 100, 24, 18);
  sample(part) += 0.2 * 0.9;
  const cv::Mat1f difference(matched_attenuation(reference, sample, everywhere()) - reference);
  CHECK(cv::mean(difference(part))[0] == Approx(0.2).margin(0.03));
  CHECK(std::abs(cv::mean(difference(cv::Rect(40, 100, 24, 18)))[0]) < 0.015);
}

TEST_CASE("only what both X-rays show is matched", "[imaging][xray_attenuation]") {
  const cv::Mat1f reference = board_attenuation();
  cv::Mat1f sample(reference * 0.9 + 0.05);
  cv::Mat1b seen = everywhere();
  const cv::Rect unseen(200, 0, 120, 240);
  seen(unseen) = 0;
  sample(unseen) = 5;
  const cv::Mat1f matched = matched_attenuation(reference, sample, seen);
  const cv::Rect inside(0, 0, 150, 240);
  CHECK(mean_absolute(reference(inside).clone(), matched(inside).clone()) < 0.005);
}
