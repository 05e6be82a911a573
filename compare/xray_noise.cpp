// SPDX-License-Identifier: Apache-2.0
#include "compare/xray_noise.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

namespace {

constexpr int kLevels = 24;
constexpr std::size_t kLeastPixels = 400;  // fewer say nothing of a level
constexpr double kQuietest = 0.15;         // share of a level's places
constexpr int kPlace_px = 9;

// Means of absolute values of a normal distribution are 0.798 of its deviation; the quietest of many places are a
// little below, and a blur of 1.5 px takes a little of the noise with it.
constexpr float kDeviationPerMean = 1.2533F * 1.1F;

// Noise by level: straight lines between the levels that were measured.
struct NoiseCurve {
  std::vector<float> levels = {};
  std::vector<float> deviations = {};

  [[nodiscard]] float at(float level) const {
    if (levels.empty()) return 0;
    const auto next = std::upper_bound(levels.begin(), levels.end(), level);
    if (next == levels.begin()) return deviations.front();
    if (next == levels.end()) return deviations.back();
    const auto i = static_cast<std::size_t>(next - levels.begin());
    const float share = (level - levels[i - 1]) / (levels[i] - levels[i - 1]);
    return deviations[i - 1] + share * (deviations[i] - deviations[i - 1]);
  }
};

NoiseCurve measured_curve(const cv::Mat1f& level, const cv::Mat1f& unevenness) {
  const std::vector<float> all(level.begin(), level.end());
  const float least = imaging::quantile(all, 0.001);
  const float step = (imaging::quantile(all, 0.999) - least) / kLevels;
  NoiseCurve curve;
  if (!(step > 0)) {
    curve.levels = {least};
    curve.deviations = {kDeviationPerMean *
                        imaging::quantile(std::vector<float>(unevenness.begin(), unevenness.end()), kQuietest)};
    return curve;
  }
  std::vector<std::vector<float>> by_level(kLevels);
  for (int y = 0; y < level.rows; ++y) {
    for (int x = 0; x < level.cols; ++x) {
      const float place = (level(y, x) - least) / step;
      if (place >= 0 && place < kLevels) by_level[static_cast<std::size_t>(place)].push_back(unevenness(y, x));
    }
  }
  for (std::size_t i = 0; i < by_level.size(); ++i) {
    if (by_level[i].size() < kLeastPixels) continue;
    curve.levels.push_back(least + (static_cast<float>(i) + 0.5F) * step);
    curve.deviations.push_back(kDeviationPerMean * imaging::quantile(std::move(by_level[i]), kQuietest));
  }
  return curve;
}

}  // namespace

cv::Mat1f noise_of(const cv::Mat1f& attenuation) {
  cv::Mat1f smooth;
  cv::GaussianBlur(attenuation, smooth, {}, 1.5, 0, cv::BORDER_REPLICATE);
  cv::Mat1f unevenness(cv::abs(attenuation - smooth));
  cv::blur(unevenness, unevenness, {kPlace_px, kPlace_px});
  cv::Mat1f level;
  cv::GaussianBlur(attenuation, level, {}, 3, 0, cv::BORDER_REPLICATE);
  const NoiseCurve curve = measured_curve(level, unevenness);
  cv::Mat1f noise(attenuation.size());
  for (int y = 0; y < noise.rows; ++y) {
    for (int x = 0; x < noise.cols; ++x) {
      noise(y, x) = curve.at(level(y, x));
    }
  }
  return noise;
}

}  // namespace boarddiff::compare
