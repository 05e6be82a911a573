// SPDX-License-Identifier: Apache-2.0
#include "imaging/attenuation_curve.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

namespace boarddiff::imaging {

namespace {

// Levels a knot stands for: wide enough for some hundred pixels of a pin, narrow against how the curve bends.
constexpr float kKnotWidth = 0.15F;

// A level of so few pixels is believed by half.
constexpr double kHalfBelieved = 300;

cv::Mat1f steepness(const cv::Mat1f& picture) {
  constexpr double kSmooth_px = 1.5;
  constexpr double kPerPixel = 1.0 / 8;  // of Sobel's kernel
  cv::Mat1f smooth;
  cv::Mat1f across;
  cv::Mat1f down;
  cv::GaussianBlur(picture, smooth, {}, kSmooth_px, 0, cv::BORDER_REPLICATE);
  cv::Sobel(smooth, across, CV_32F, 1, 0, 3, kPerPixel);
  cv::Sobel(smooth, down, CV_32F, 0, 1, 3, kPerPixel);
  cv::magnitude(across, down, smooth);
  return smooth;
}

// Differences by level of the mean, numbered from 0.
std::map<int, std::vector<float>> differences_by_level(const cv::Mat1f& reference, const cv::Mat1f& sample,
                                                       const cv::Mat1b& seen) {
  constexpr float kEven = 0.03F;  // a pixel
  const cv::Mat1b even((steepness(reference) < kEven) & (steepness(sample) < kEven) & seen);
  std::map<int, std::vector<float>> levels;
  for (int y = 0; y < even.rows; y += 2) {
    for (int x = 0; x < even.cols; x += 2) {
      const float mean = (reference(y, x) + sample(y, x)) / 2;
      const float difference = reference(y, x) - sample(y, x);
      // More is a change.
      const bool unchanged = std::abs(difference) < 0.1F + 0.1F * mean;
      if (even(y, x) != 0 && mean >= 0 && unchanged) {
        levels[static_cast<int>(mean / kKnotWidth)].push_back(difference);
      }
    }
  }
  return levels;
}

}  // namespace

AttenuationCurve fit_attenuation_curve(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1b& seen) {
  constexpr std::size_t kLeastPixels = 30;
  constexpr float kLeastRise = 0.2F * kKnotWidth;
  AttenuationCurve curve;
  float believed = 0;
  for (const auto& [level, differences] : differences_by_level(reference, sample, seen)) {
    if (differences.size() < kLeastPixels) {
      continue;
    }
    const auto count = static_cast<double>(differences.size());
    const auto own = static_cast<float>(count / (count + kHalfBelieved));
    believed = own * median(differences) + (1 - own) * believed;
    const float mean = kKnotWidth * (static_cast<float>(level) + 0.5F);
    const float at = mean - believed / 2;
    const float to = mean + believed / 2;
    if (curve.sample.empty() || (at > curve.sample.back() + kLeastRise && to > curve.reference.back() + kLeastRise)) {
      curve.sample.push_back(at);
      curve.reference.push_back(to);
    }
  }
  return curve;
}

cv::Mat1f bent(const cv::Mat1f& sample, const AttenuationCurve& curve) {
  if (curve.sample.empty()) {
    return sample;
  }
  cv::Mat1f result(sample.size());
  const auto& at = curve.sample;
  const auto& to = curve.reference;
  for (int y = 0; y < sample.rows; ++y) {
    for (int x = 0; x < sample.cols; ++x) {
      const float value = sample(y, x);
      const auto above = static_cast<std::size_t>(std::upper_bound(at.begin(), at.end(), value) - at.begin());
      if (above == 0 || above == at.size()) {
        const std::size_t end = above == 0 ? 0 : above - 1;
        result(y, x) = value + to[end] - at[end];
      } else {
        const float share = (value - at[above - 1]) / (at[above] - at[above - 1]);
        result(y, x) = to[above - 1] + share * (to[above] - to[above - 1]);
      }
    }
  }
  return result;
}

}  // namespace boarddiff::imaging
