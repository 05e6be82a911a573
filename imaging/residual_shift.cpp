// SPDX-License-Identifier: Apache-2.0
#include "imaging/residual_shift.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::imaging {

namespace {

constexpr int kShrink = 2;           // the flow's finest level is a quarter of the pair's size
constexpr double kSurround = 8;      // px of the shrunk picture, for local light and contrast
constexpr double kSmooth = 3;        // px of the shrunk picture: a part is one thing
constexpr float kLargestShift = 48;  // px of the pair; taller parts hide more than they move

// Local mean removed, local contrast divided out; 40 grey levels a standard deviation.
cv::Mat1b free_of_light(const cv::Mat& picture, bool is_light) {
  cv::Mat brightness = picture;
  if (picture.channels() == 3) {
    cv::cvtColor(picture, brightness, cv::COLOR_BGR2GRAY);
  }
  const cv::Size small(std::max(32, picture.cols / kShrink), std::max(32, picture.rows / kShrink));
  cv::Mat1f values;
  cv::resize(brightness, values, small, 0, 0, cv::INTER_AREA);
  if (is_light) {
    cv::log(cv::max(values, 0) + 0.04, values);
  }
  cv::Mat1f mean;
  cv::GaussianBlur(values, mean, {}, kSurround);
  cv::subtract(values, mean, values);
  cv::Mat contrast;
  cv::GaussianBlur(values.mul(values), contrast, {}, kSurround);
  cv::sqrt(contrast, contrast);
  cv::Mat1b result;
  cv::Mat(values / (contrast + 0.05)).convertTo(result, CV_8U, 40, 128);
  return result;
}

cv::Mat2f smoothed(const cv::Mat2f& flow) {
  std::array<cv::Mat, 2> parts;
  cv::split(flow, parts.data());
  for (cv::Mat& part : parts) {
    cv::medianBlur(part, part, 5);
    cv::GaussianBlur(part, part, {}, kSmooth);
  }
  cv::Mat2f result;
  cv::merge(parts.data(), 2, result);
  return result;
}

// One vector a cell, in pixels of the pair, cut at what a part can do.
cv::Mat2f on_cells(const cv::Mat2f& flow, const cv::Size& cells, const cv::Size& pair_size) {
  cv::Mat2f result;
  cv::resize(flow, result, cells, 0, 0, cv::INTER_LINEAR);
  const cv::Vec2f scale(static_cast<float>(pair_size.width) / static_cast<float>(flow.cols),
                        static_cast<float>(pair_size.height) / static_cast<float>(flow.rows));
  for (cv::Vec2f& shift : result) {
    shift = shift.mul(scale);
    const float length = std::hypot(shift[0], shift[1]);
    if (!(length <= kLargestShift)) {
      shift *= std::isfinite(length) ? kLargestShift / length : 0.0F;
    }
  }
  return result;
}

}  // namespace

ResidualShift measure_residual_shift(const NormalizedPair& pair, int cell_px) {
  const bool is_light = pair.reference.channels() == 3;
  const cv::Mat1b reference = free_of_light(pair.reference, is_light);
  const cv::Mat1b sample = free_of_light(pair.sample, is_light);
  cv::Mat2f sample_from_reference;
  cv::Mat2f reference_from_sample;
  cv::parallel_for_(cv::Range(0, 2), [&](const cv::Range& directions) {
    for (int direction = directions.start; direction < directions.end; ++direction) {
      const auto flow = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
      flow->setFinestScale(1);
      if (direction == 0) {
        flow->calc(reference, sample, sample_from_reference);
      } else {
        flow->calc(sample, reference, reference_from_sample);
      }
    }
  });
  const cv::Size cells(pair.size().width / cell_px, pair.size().height / cell_px);
  return {.sample_from_reference = on_cells(smoothed(sample_from_reference), cells, pair.size()),
          .reference_from_sample = on_cells(smoothed(reference_from_sample), cells, pair.size())};
}

}  // namespace boarddiff::imaging
