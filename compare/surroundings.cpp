// SPDX-License-Identifier: Apache-2.0
#include "compare/surroundings.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <vector>

namespace boarddiff::compare {

float usual_most(const cv::Mat1f& map, const cv::Mat1b& where) {
  constexpr double kExcuse = 0.9;
  const std::vector<float> values = imaging::values_where(map, where);
  return values.empty() ? 0 : imaging::quantile(values, kExcuse);
}

cv::Mat1f mean_around(const cv::Mat1f& values, const cv::Mat1f& weight, double cells) {
  cv::Mat1f sums;
  cv::Mat1f weights;
  cv::GaussianBlur(values, sums, {}, cells);
  cv::GaussianBlur(weight, weights, {}, cells);
  constexpr double kLeastWeight = 0.05;
  return cv::Mat1f(sums / cv::max(weights, kLeastWeight));
}

cv::Mat1f over_surroundings(const cv::Mat1f& map, const cv::Mat1f& around, float quiet, const cv::Mat1b& where) {
  constexpr double kSmoothCells = 1.2;
  cv::Mat1f smooth;
  cv::GaussianBlur(map, smooth, {}, kSmoothCells);
  cv::Mat1f strength(smooth / (around + quiet));
  strength.setTo(0, where == 0);
  return strength;
}

}  // namespace boarddiff::compare
