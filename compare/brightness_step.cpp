// SPDX-License-Identifier: Apache-2.0
#include "compare/brightness_step.h"

#include "compare/surroundings.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

namespace {

// The darkest and the brightest within a cell of each.
struct Span {
  cv::Mat1f lowest = {};
  cv::Mat1f highest = {};
};

Span span_of(const cv::Mat1f& brightness) {
  const cv::Mat square = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
  Span span;
  cv::erode(brightness, span.lowest, square, {-1, -1}, 1, cv::BORDER_REPLICATE);
  cv::dilate(brightness, span.highest, square, {-1, -1}, 1, cv::BORDER_REPLICATE);
  return span;
}

cv::Mat1f outside(const cv::Mat1f& brightness, const Span& span) {
  const cv::Mat above = brightness - span.highest;
  const cv::Mat below = span.lowest - brightness;
  return cv::Mat1f(cv::max(cv::max(above, below), 0));
}

cv::Mat1f fetched(const cv::Mat1f& map, const cv::Mat2f& positions) {
  cv::Mat1f moved;
  cv::remap(map, moved, positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return moved;
}

}  // namespace

cv::Mat1f brightness_steps(const BrightnessView& from, const cv::Mat1f& to) {
  const Span in_place = span_of(to);
  cv::Mat2f positions(to.size());
  for (int y = 0; y < to.rows; ++y) {
    for (int x = 0; x < to.cols; ++x) {
      positions(y, x) = cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + from.shift_cells(y, x);
    }
  }
  const Span raised{.lowest = fetched(in_place.lowest, positions), .highest = fetched(in_place.highest, positions)};
  return cv::Mat1f(cv::min(outside(from.brightness, in_place), outside(from.brightness, raised)));
}

cv::Mat1f without_soft_light(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1b& inspected,
                             double cells) {
  constexpr double kCounted = 0.9;  // of the board
  const cv::Mat1f change(sample - reference);
  const std::vector<float> changes = imaging::values_where(change, inspected);
  if (changes.empty()) {
    return sample;
  }
  const float usual = imaging::median(changes);
  const float most = imaging::quantile(imaging::values_where(cv::Mat1f(cv::abs(change - usual)), inspected), kCounted);
  cv::Mat1f weight;
  inspected.convertTo(weight, CV_32F, 1.0 / 255);
  cv::Mat1f soft;
  cv::multiply(cv::max(cv::min(change - usual, most), -most), weight, soft);
  return cv::Mat1f(sample - usual - mean_around(soft, weight, cells));
}

cv::Mat1f step_strength(const cv::Mat1f& step, const cv::Mat1f& texture, const cv::Mat1b& inspected) {
  constexpr float kQuiet = 0.01F;  // less than what the rounding of dark grey levels makes
  cv::Mat1f strength(step.size(), 0.0F);
  const std::vector<float> textures = imaging::values_where(texture, inspected);
  if (textures.empty()) {
    return strength;
  }
  const cv::Mat1b plain(texture < imaging::median(textures));
  for (const cv::Mat1b& kind : {plain, cv::Mat1b(~plain)}) {
    const cv::Mat1b alike(kind & inspected);
    cv::Mat1f weight;
    alike.convertTo(weight, CV_32F, 1.0 / 255);
    const float usual = usual_most(step, alike);
    const cv::Mat1f around = mean_around(cv::Mat1f(cv::min(step, usual).mul(weight)), weight, kAroundCells);
    over_surroundings(step, around, std::max(usual, kQuiet), alike).copyTo(strength, alike);
  }
  return strength;
}

}  // namespace boarddiff::compare
