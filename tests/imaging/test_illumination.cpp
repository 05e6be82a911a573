// SPDX-License-Identifier: Apache-2.0
#include "imaging/illumination.h"
#include "tests/support/textured_picture.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using boarddiff::imaging::matched_illumination;
using boarddiff::test::textured_light;

namespace {

const cv::Size kSize(320, 240);

// Under another lamp: each pixel times the gain at its place.
cv::Mat3f lit(const cv::Mat3f& picture, const std::function<cv::Vec3f(int x, int y)>& gain) {
  cv::Mat3f result(picture.size());
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      result(y, x) = picture(y, x).mul(gain(x, y));
    }
  }
  return result;
}

// Logarithm of matched over reference in the green channel, by quantile over the pixels that are neither end.
double log_ratio(const cv::Mat3f& reference, const cv::Mat3f& matched, double share) {
  std::vector<double> ratios;
  for (int y = 0; y < reference.rows; ++y) {
    for (int x = 0; x < reference.cols; ++x) {
      for (int c = 0; c < 3; ++c) {
        ratios.push_back(std::abs(std::log(matched(y, x)[c] / reference(y, x)[c])));
      }
    }
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios[static_cast<std::size_t>(share * static_cast<double>(ratios.size() - 1))];
}

cv::Mat1b everywhere() { return {kSize, uchar{255}}; }

}  // namespace

TEST_CASE("equal light is left alone", "[imaging][illumination]") {
  const cv::Mat3f picture = textured_light(kSize, 1);
  CHECK(log_ratio(picture, matched_illumination(picture, picture, everywhere()), 1) < 1e-5);
}

TEST_CASE("exposure and white balance are taken out", "[imaging][illumination]") {
  const cv::Mat3f reference = textured_light(kSize, 1);
  const cv::Mat3f sample = lit(reference, [](int, int) { return cv::Vec3f(0.6F, 0.75F, 0.95F); });
  // Medians of equal ratios are exact but for the pixels that the limits of dark and bright leave out.
  CHECK(log_ratio(reference, matched_illumination(reference, sample, everywhere()), 0.99) < 0.01);
}

TEST_CASE("the fall-off towards the corners is taken out", "[imaging][illumination]") {
  const cv::Mat3f reference = textured_light(kSize, 2);
  const cv::Mat3f sample = lit(reference, [](int x, int y) {
    const double radius = std::hypot(x - 160, y - 120) / 200;
    const auto gain = static_cast<float>(1 - 0.35 * radius * radius);
    return cv::Vec3f(gain, gain, gain);
  });
  CHECK(log_ratio(reference, sample, 0.95) > 0.25);
  // The blur of 8 % of the side flattens the gain a little, most of all in the corners.
  CHECK(log_ratio(reference, matched_illumination(reference, sample, everywhere()), 0.95) < 0.12);
  CHECK(log_ratio(reference, matched_illumination(reference, sample, everywhere()), 0.5) < 0.04);
}

TEST_CASE("the edge of a shadow stays an edge", "[imaging][illumination]") {
  const cv::Mat3f reference = textured_light(kSize, 3);
  const cv::Mat3f sample = lit(reference, [](int x, int) {
    const float gain = x < 160 ? 1.0F : 0.5F;
    return cv::Vec3f(gain, gain, gain);
  });
  const cv::Mat3f matched = matched_illumination(reference, sample, everywhere());
  double step = 0;
  for (int y = 20; y < 220; ++y) {
    step += std::log(matched(y, 158)[1] / reference(y, 158)[1]) - std::log(matched(y, 161)[1] / reference(y, 161)[1]);
  }
  CHECK(step / 200 == Approx(std::log(2.0)).margin(0.05));  // three columns of a smooth gain change by 0.03
}

TEST_CASE("only what both pictures show is looked at", "[imaging][illumination]") {
  const cv::Mat3f reference = textured_light(kSize, 4);
  cv::Mat3f sample = lit(reference, [](int, int) { return cv::Vec3f(0.7F, 0.7F, 0.7F); });
  cv::Mat1b seen = everywhere();
  const cv::Rect unseen(200, 0, 120, 240);
  seen(unseen) = 0;
  sample(unseen) = cv::Vec3f(0.5F, 0.9F, 0.1F);
  const cv::Mat3f matched = matched_illumination(reference, sample, seen);
  const cv::Rect inside(0, 0, 180, 240);
  CHECK(log_ratio(reference(inside).clone(), matched(inside).clone(), 0.99) < 0.01);
}

TEST_CASE("a picture without light gives finite numbers", "[imaging][illumination]") {
  const cv::Mat3f dark(kSize, cv::Vec3f(0, 0, 0));
  CHECK(cv::checkRange(matched_illumination(textured_light(kSize, 1), dark, everywhere())));
  CHECK(cv::checkRange(matched_illumination(dark, textured_light(kSize, 1), everywhere())));
  CHECK(cv::checkRange(matched_illumination(dark, dark, cv::Mat1b(kSize, uchar{0}))));
}
