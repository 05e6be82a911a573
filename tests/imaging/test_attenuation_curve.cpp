// SPDX-License-Identifier: Apache-2.0
#include "imaging/attenuation_curve.h"
#include "imaging/base/random.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using boarddiff::imaging::AttenuationCurve;
using boarddiff::imaging::bent;
using boarddiff::imaging::fit_attenuation_curve;
using boarddiff::imaging::Random;

namespace {

constexpr double kNoise = 0.02;
const cv::Size kSize(480, 360);

// Even blocks from bare board to pins, with noise.
cv::Mat1f board(std::uint64_t seed) {
  cv::Mat1f picture(kSize, 0.4F);
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 6; ++column) {
      picture(cv::Rect(column * 80 + 10, row * 90 + 10, 60, 70)) = 0.1F * static_cast<float>(row * 6 + column) + 0.2F;
    }
  }
  Random random(seed);
  for (float& value : picture) value += static_cast<float>(kNoise * random.normal());
  return picture;
}

// As a tube of a higher voltage shows it: what is dense absorbs less.
float hardened(float attenuation) { return attenuation - 0.03F * attenuation * attenuation; }

cv::Mat1f as_hardened(cv::Mat1f picture) {
  for (float& value : picture) value = hardened(value);
  return picture;
}

cv::Mat1b everywhere() { return {kSize, uchar{255}}; }

double mean_error(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Rect& place) {
  return cv::mean(reference(place) - sample(place))[0];
}

const cv::Rect kDense(420, 290, 40, 50);  // 2.5

}  // namespace

TEST_CASE("a curve that rises brings another tube's picture to the reference's", "[imaging][attenuation_curve]") {
  const cv::Mat1f reference = board(1);
  const cv::Mat1f sample = as_hardened(board(2));
  CHECK(mean_error(reference, sample, kDense) > 0.15);
  const AttenuationCurve curve = fit_attenuation_curve(reference, sample, everywhere());
  REQUIRE(curve.sample.size() > 8);
  CHECK(std::is_sorted(curve.sample.begin(), curve.sample.end()));
  CHECK(std::is_sorted(curve.reference.begin(), curve.reference.end()));
  const cv::Mat1f matched = bent(sample, curve);
  CHECK(std::abs(mean_error(reference, matched, kDense)) < 0.03);
  CHECK(std::abs(mean_error(reference, matched, cv::Rect(100, 110, 40, 50))) < 0.02);
}

TEST_CASE("noise bends nothing", "[imaging][attenuation_curve]") {
  const cv::Mat1f sample = board(2);
  const cv::Mat1f matched = bent(sample, fit_attenuation_curve(board(1), sample, everywhere()));
  CHECK(cv::norm(matched, sample, cv::NORM_INF) < 0.01);
}

TEST_CASE("what was added stays added", "[imaging][attenuation_curve]") {
  cv::Mat1f sample = board(2);
  const cv::Rect part(100, 20, 30, 30);
  sample(part) += 0.5;
  const cv::Mat1f matched = bent(sample, fit_attenuation_curve(board(1), sample, everywhere()));
  CHECK(mean_error(matched, board(1), part) == Approx(0.5).margin(0.02));
}

TEST_CASE("where there is too little to see nothing is bent", "[imaging][attenuation_curve]") {
  const cv::Mat1f sample = board(2);
  const AttenuationCurve curve = fit_attenuation_curve(board(1), sample, cv::Mat1b(kSize, uchar{0}));
  CHECK(curve.sample.empty());
  CHECK(cv::norm(bent(sample, curve), sample) == 0);
}

TEST_CASE("beyond its knots a curve goes on as far off as at the last", "[imaging][attenuation_curve]") {
  const AttenuationCurve curve{.sample = {1, 2}, .reference = {1.1F, 2.4F}};
  const cv::Mat1f values = (cv::Mat1f(1, 4) << 0.5F, 1.0F, 1.5F, 3.0F);
  const cv::Mat1f result = bent(values, curve);
  CHECK(result(0) == Approx(0.6));
  CHECK(result(1) == Approx(1.1));
  CHECK(result(2) == Approx(1.75));
  CHECK(result(3) == Approx(3.4));
}
