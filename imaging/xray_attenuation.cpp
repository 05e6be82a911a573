// SPDX-License-Identifier: Apache-2.0
#include "imaging/xray_attenuation.h"

#include "imaging/attenuation_curve.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

// 16-bit detectors read a few counts where nothing gets through; below this the logarithm is noise.
constexpr float kLeastTransmission = 1.0F / 4096;

std::vector<float> some_values(const cv::Mat1f& picture) {
  std::vector<float> values;
  for (int y = 0; y < picture.rows; y += 5) {
    for (int x = 0; x < picture.cols; x += 5) {
      values.push_back(picture(y, x));
    }
  }
  return values;
}

struct Line {
  float gain = 1;
  float offset = 0;
};

// reference = gain * sample + offset, by least squares re-weighted towards the pixels that did not change.
Line robust_line(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1b& seen) {
  constexpr int kRounds = 10;
  constexpr double kScale = 0.1;  // attenuation; a thin package adds about as much
  Line line;
  for (int round = 0; round < kRounds; ++round) {
    double sw = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int y = 0; y < seen.rows; y += 3) {
      for (int x = 0; x < seen.cols; x += 3) {
        if (seen(y, x) == 0) {
          continue;
        }
        const double a = sample(y, x);
        const double b = reference(y, x);
        const double residual = (b - line.gain * a - line.offset) / kScale;
        const double w = 1 / ((1 + residual * residual) * (1 + residual * residual));
        sw += w;
        sx += w * a;
        sy += w * b;
        sxx += w * a * a;
        sxy += w * a * b;
      }
    }
    const double spread = sw * sxx - sx * sx;
    if (!(spread > 1e-9 * sw * sw)) {
      return line;
    }
    line.gain = static_cast<float>(std::clamp((sw * sxy - sx * sy) / spread, 0.3, 3.0));
    line.offset = static_cast<float>((sy - line.gain * sx) / sw);
  }
  return line;
}

// The heel effect and uneven detectors leave a slow wave; a median filter on a small grid follows it and leaves parts.
cv::Mat1f smooth_offset(const cv::Mat1f& difference, const cv::Mat1b& seen) {
  constexpr int kGridSide = 96;
  const double shrink = std::min(1.0, kGridSide / static_cast<double>(std::max(seen.cols, seen.rows)));
  const cv::Size grid(std::max(5, cvRound(seen.cols * shrink)), std::max(5, cvRound(seen.rows * shrink)));
  cv::Mat1f known = difference.clone();
  known.setTo(0, seen == 0);
  cv::Mat1f small;
  cv::resize(known, small, grid, 0, 0, cv::INTER_AREA);
  cv::Mat1b levels;
  constexpr double kLevelsPerUnit = 400;  // of attenuation; a step is 0.0025
  small.convertTo(levels, CV_8U, kLevelsPerUnit, 128);
  cv::medianBlur(levels, levels, 15);
  levels.convertTo(small, CV_32F, 1 / kLevelsPerUnit, -128 / kLevelsPerUnit);
  cv::GaussianBlur(small, small, {}, 4, 4, cv::BORDER_REPLICATE);
  cv::resize(small, small, seen.size(), 0, 0, cv::INTER_LINEAR);
  return small;
}

}  // namespace

float open_beam_level(const cv::Mat1f& transmission) {
  return std::max(quantile(some_values(transmission), 0.995), 1e-3F);
}

cv::Mat1f transmission(const cv::Mat1f& attenuation, float open_beam) {
  cv::Mat result;
  cv::exp(cv::Mat(-attenuation), result);
  return cv::Mat1f(result * open_beam);
}

cv::Mat1f attenuation(const cv::Mat1f& transmission) {
  cv::Mat result = cv::max(transmission / open_beam_level(transmission), kLeastTransmission);
  cv::log(result, result);
  result *= -1;
  return result;
}

cv::Mat1f matched_attenuation(const cv::Mat1f& reference, const cv::Mat1f& sample, const cv::Mat1b& seen) {
  const Line line = robust_line(reference, sample, seen);
  const cv::Mat scaled = sample * line.gain + line.offset;
  const cv::Mat1f even(scaled + smooth_offset(cv::Mat1f(reference - scaled), seen));
  return bent(even, fit_attenuation_curve(reference, even, seen));
}

}  // namespace boarddiff::imaging
