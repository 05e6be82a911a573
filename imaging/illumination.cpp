// SPDX-License-Identifier: Apache-2.0
#include "imaging/illumination.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

// Below it a pixel says more about noise than about light, above it the sensor is near its end.
constexpr float kDark = 0.04F;
constexpr float kBright = 0.97F;

bool tells_about_light(const cv::Vec3f& colour) {
  return *std::min_element(colour.val, colour.val + 3) > kDark &&
         *std::max_element(colour.val, colour.val + 3) < kBright;
}

// One gain a channel: medians do not care for what was added or removed, as long as most of the board stayed.
cv::Vec3f channel_gains(const cv::Mat3f& reference, const cv::Mat3f& sample, const cv::Mat1b& seen) {
  std::vector<float> ratios[3];
  for (int y = 0; y < reference.rows; y += 3) {
    for (int x = 0; x < reference.cols; x += 3) {
      if (seen(y, x) != 0 && tells_about_light(reference(y, x)) && tells_about_light(sample(y, x))) {
        for (int c = 0; c < 3; ++c) {
          ratios[c].push_back(reference(y, x)[c] / sample(y, x)[c]);
        }
      }
    }
  }
  constexpr std::size_t kEnough = 200;
  if (ratios[0].size() < kEnough) {
    return {1, 1, 1};
  }
  return {median(ratios[0]), median(ratios[1]), median(ratios[2])};
}

// The smooth part of the brightness ratio, on a small grid: blurred logarithms, weighted by where they tell anything.
cv::Mat1f brightness_gain(const cv::Mat3f& reference, const cv::Mat3f& sample, const cv::Mat1b& seen) {
  constexpr int kGridSide = 160;
  constexpr double kBlurShare = 0.08;  // of the longer side: wider than any part but the largest
  constexpr float kMost = 0.8F;        // in natural logarithm: a factor of 2.2 either way
  const double shrink = std::min(1.0, kGridSide / static_cast<double>(std::max(seen.cols, seen.rows)));
  const cv::Size grid(std::max(1, cvRound(seen.cols * shrink)), std::max(1, cvRound(seen.rows * shrink)));
  cv::Mat3f small_reference;
  cv::Mat3f small_sample;
  cv::Mat1b small_seen;
  cv::resize(reference, small_reference, grid, 0, 0, cv::INTER_AREA);
  cv::resize(sample, small_sample, grid, 0, 0, cv::INTER_AREA);
  cv::resize(seen, small_seen, grid, 0, 0, cv::INTER_AREA);
  cv::Mat1f ratio(grid, 0.0F);
  cv::Mat1f weight(grid, 0.0F);
  for (int y = 0; y < grid.height; ++y) {
    for (int x = 0; x < grid.width; ++x) {
      const cv::Vec3f a = small_reference(y, x);
      const cv::Vec3f b = small_sample(y, x);
      // Whole cells only: at the edge of the view the black outside is mixed in.
      if (small_seen(y, x) == 255 && tells_about_light(a) && tells_about_light(b)) {
        ratio(y, x) = std::clamp(std::log((a[0] + a[1] + a[2]) / (b[0] + b[1] + b[2])), -kMost, kMost);
        weight(y, x) = 1;
      }
    }
  }
  const double sigma = kBlurShare * std::max(grid.width, grid.height);
  cv::GaussianBlur(ratio, ratio, {}, sigma, sigma, cv::BORDER_REPLICATE);
  cv::GaussianBlur(weight, weight, {}, sigma, sigma, cv::BORDER_REPLICATE);
  cv::Mat gain = ratio / (weight + 0.05F);
  cv::exp(gain, gain);
  cv::resize(gain, gain, seen.size(), 0, 0, cv::INTER_LINEAR);
  return gain;
}

}  // namespace

cv::Mat matched_illumination(const cv::Mat3f& reference, const cv::Mat3f& sample, const cv::Mat1b& seen) {
  const cv::Vec3f gains = channel_gains(reference, sample, seen);
  cv::Mat3f matched;
  cv::multiply(sample, cv::Scalar(gains[0], gains[1], gains[2]), matched);
  const cv::Mat1f gain = brightness_gain(reference, matched, seen);
  cv::parallel_for_(cv::Range(0, matched.rows), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < matched.cols; ++x) {
        matched(y, x) *= gain(y, x);
      }
    }
  });
  return matched;
}

}  // namespace boarddiff::imaging
