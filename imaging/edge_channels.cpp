// SPDX-License-Identifier: Apache-2.0
#include "imaging/edge_channels.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>
#include <numbers>

namespace boarddiff::imaging {

cv::Mat edge_channels(const cv::Mat1b& picture) {
  constexpr double kSpread_px = 1.2;
  constexpr double kNoise = 4;  // grey levels a pixel: below, an even area would be all noise
  cv::Mat1f along_x;
  cv::Mat1f along_y;
  cv::Scharr(picture, along_x, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(picture, along_y, CV_32F, 0, 1, 1.0 / 32);
  std::array<cv::Mat1f, 4> channels;
  cv::Mat1f squares(picture.size(), 0.0F);
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const double angle = std::numbers::pi * static_cast<double>(i) / 4;
    channels[i] = cv::abs(along_x * std::cos(angle) + along_y * std::sin(angle));
    cv::GaussianBlur(channels[i], channels[i], {}, kSpread_px);
    squares += channels[i].mul(channels[i]);
  }
  cv::Mat1f size;
  cv::sqrt(squares + kNoise * kNoise, size);
  for (cv::Mat1f& channel : channels) {
    channel /= size;
  }
  cv::Mat all;
  cv::merge(channels.data(), channels.size(), all);
  return all;
}

}  // namespace boarddiff::imaging
