// SPDX-License-Identifier: Apache-2.0
#include "datasets/xray_visibility.h"

#include "imaging/base/error.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <vector>

namespace boarddiff::datasets {
namespace {

constexpr double kLeastLevel = 1e-4;  // of full scale: less is no light at all
constexpr double kMost = 0.9;         // of the pixels inside the outline: an edge of light is not the most there is
constexpr double kLeastContrast = 1e-4;

cv::Mat1b inside(const imaging::Polygon& outline, const cv::Size& size) {
  std::vector<cv::Point> corners;
  for (const imaging::Point& corner : outline) {
    corners.emplace_back(static_cast<int>(std::lround(corner.x())), static_cast<int>(std::lround(corner.y())));
  }
  cv::Mat1b mask(size, static_cast<unsigned char>(0));
  if (!corners.empty()) cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255));
  return mask;
}

}  // namespace

double XrayVisibility::against_noise() const { return contrast_to_noise * std::sqrt(changed_px); }

XrayVisibility visibility_of(const imaging::Polygon& outline, const cv::Mat1f& before, const cv::Mat1f& after,
                             const XraySettings& settings) {
  imaging::require(before.size() == after.size(), "visibility_of: one pose");
  const cv::Mat1b mask = inside(outline, before.size());
  cv::Mat1f contrast;
  cv::Mat1f light;
  cv::log(cv::max(before, kLeastLevel), contrast);
  cv::log(cv::max(after, kLeastLevel), light);
  contrast = cv::Mat1f(cv::abs(contrast - light));
  const std::vector<float> values = imaging::values_where(contrast, mask);
  if (values.empty()) return {};
  const double most = imaging::quantile(values, kMost);
  if (most < kLeastContrast) return {};
  double contrasts = 0;
  double deviations = 0;
  double count = 0;
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      if (mask(y, x) == 0 || contrast(y, x) < most / 2) continue;
      const double level = std::max<double>(after(y, x), kLeastLevel);
      contrasts += contrast(y, x);
      deviations += noise_at(level, settings) / level;
      count += 1;
    }
  }
  return {.contrast_to_noise = contrasts / deviations, .changed_px = count};
}

}  // namespace boarddiff::datasets
