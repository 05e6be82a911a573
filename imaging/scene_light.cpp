// SPDX-License-Identifier: Apache-2.0
#include "imaging/scene_light.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::imaging {

namespace {

cv::Mat1f brightness_of(const cv::Mat3f& picture) {
  cv::Mat1f brightness;
  cv::cvtColor(picture, brightness, cv::COLOR_BGR2GRAY);
  return brightness;
}

// The mean of what shows the board, weighted by distance, against its mean everywhere.
cv::Mat1f local_light(const cv::Mat1f& brightness, const cv::Mat1b& board) {
  constexpr int kShrink = 8;
  constexpr double kReachShare = 0.08;  // of the longer side: wider than parts and narrower than the fall-off of light
  constexpr double kBelief = 0.02;      // in the mean of everywhere, against a place all of which is board
  const cv::Size small(std::max(1, brightness.cols / kShrink), std::max(1, brightness.rows / kShrink));
  const double everywhere = std::max(1e-3, cv::mean(brightness, board)[0]);
  cv::Mat1f weights;
  board.convertTo(weights, CV_32F, 1.0 / 255);
  cv::Mat1f sums(brightness.mul(weights));
  cv::resize(sums, sums, small, 0, 0, cv::INTER_AREA);
  cv::resize(weights, weights, small, 0, 0, cv::INTER_AREA);
  const double reach = std::max(1.0, kReachShare * std::max(small.width, small.height));
  cv::GaussianBlur(sums, sums, {}, reach);
  cv::GaussianBlur(weights, weights, {}, reach);
  cv::Mat1f result;
  cv::resize(cv::Mat1f((sums / everywhere + kBelief) / (weights + kBelief)), result, brightness.size(), 0, 0,
             cv::INTER_LINEAR);
  return result;
}

// From each pixel to the next: over two pixels an edge would look wider than it is.
cv::Mat1f slope_of(const cv::Mat1f& values) {
  const cv::Mat1f to_next = (cv::Mat1f(1, 2) << -1, 1);
  cv::Mat1f along_x;
  cv::Mat1f along_y;
  cv::filter2D(values, along_x, CV_32F, to_next, {0, 0});
  cv::filter2D(values, along_y, CV_32F, to_next.t(), {0, 0});
  cv::Mat1f slope;
  cv::magnitude(along_x, along_y, slope);
  return slope;
}

// An edge of deviation s blurred by 1 is flatter by sqrt(s^2 + 1) / s. The strongest edges are taken, which are sharp
// in the scene.
double blur_of(const cv::Mat1f& brightness) {
  constexpr double kUsual_px = 0.6;
  constexpr double kStrongest = 0.99;
  constexpr float kLeastSlope = 0.02F;
  cv::Mat1f blurred;
  cv::GaussianBlur(brightness, blurred, {}, 1);
  const cv::Mat1f before = slope_of(brightness);
  const cv::Mat1f after = slope_of(blurred);
  const float strong = quantile(std::vector<float>(before.begin(), before.end()), kStrongest);
  std::vector<float> blurs;
  for (int y = 1; y + 1 < before.rows; ++y) {
    for (int x = 1; x + 1 < before.cols; ++x) {
      const float ratio = before(y, x) / std::max(after(y, x), 1e-6F);
      if (before(y, x) >= std::max(strong, kLeastSlope) && ratio > 1.001F) {
        blurs.push_back(1 / std::sqrt(ratio * ratio - 1));
      }
    }
  }
  constexpr double kSharpest_px = 0.3;
  constexpr double kSoftest_px = 6;
  return blurs.empty() ? kUsual_px : std::clamp<double>(median(blurs), kSharpest_px, kSoftest_px);
}

double noise_of(const cv::Mat1f& brightness, const cv::Mat1b& even) {
  const cv::Mat1f mask = (cv::Mat1f(3, 3) << 1, -2, 1, -2, 4, -2, 1, -2, 1);
  cv::Mat1f response;
  cv::filter2D(brightness, response, CV_32F, mask);
  const std::vector<float> magnitudes = values_where(cv::Mat1f(cv::abs(response)), even);
  constexpr float kMedianOfNormal = 0.6745F;  // of the magnitude, in deviations
  constexpr float kGain = 6;                  // of the mask: the root of the sum of its squares
  return magnitudes.empty() ? 0 : median(magnitudes) / kMedianOfNormal / kGain;
}

struct Shadow {
  Point direction = Point::Zero();
  double depth = 0;
};

// How much darker it is along each side of a body than along all four.
void append_sides(const cv::Mat1f& brightness, const Box& body, std::array<std::vector<float>, 4>& sides) {
  constexpr double kStripShare = 0.25;  // of the shorter side: a body's shadow is about as wide as it is high
  constexpr float kLeastLevel = 0.01F;
  const double strip = std::max(2.0, kStripShare * std::min(body.width, body.height));
  const std::array<Box, 4> strips = {{{body.x - strip - 1, body.y, strip, body.height},
                                      {body.x + body.width + 1, body.y, strip, body.height},
                                      {body.x, body.y - strip - 1, body.width, strip},
                                      {body.x, body.y + body.height + 1, body.width, strip}}};
  const cv::Rect whole({0, 0}, brightness.size());
  std::array<float, 4> levels = {};
  float sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Box& box = strips.at(i);
    const cv::Rect place = cv::Rect(cvRound(box.x), cvRound(box.y), cvRound(box.width), cvRound(box.height)) & whole;
    if (place.empty()) {
      return;
    }
    const cv::Mat1f values = brightness(place).clone();
    levels.at(i) = median({values.begin(), values.end()});
    sum += levels.at(i);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    sides.at(i).push_back(1 - 4 * levels.at(i) / std::max(sum, kLeastLevel));
  }
}

Shadow shadow_of(const cv::Mat1f& brightness, const std::vector<Box>& bodies) {
  std::array<std::vector<float>, 4> sides;
  for (const Box& body : bodies) {
    append_sides(brightness, body, sides);
  }
  constexpr std::size_t kEnoughBodies = 8;
  if (sides[0].size() < kEnoughBodies) {
    return {};
  }
  std::array<double, 4> darker = {};
  std::transform(sides.begin(), sides.end(), darker.begin(), [](const auto& values) { return median(values); });
  const Point pull(darker[1] - darker[0], darker[3] - darker[2]);
  constexpr double kLeastPull = 0.01;
  constexpr double kDeepest = 0.8;
  if (pull.norm() < kLeastPull) {
    return {};
  }
  return {.direction = pull.normalized(), .depth = std::min(pull.norm(), kDeepest)};
}

}  // namespace

SceneLight measure_scene_light(const cv::Mat3f& picture, const cv::Mat1b& board, const cv::Mat1b& even,
                               const std::vector<Box>& bodies) {
  const cv::Mat1f brightness = brightness_of(picture);
  SceneLight light{.local = cv::Mat1f(picture.size(), 1.0F)};
  const std::vector<float> levels = values_where(brightness, board);
  if (levels.empty()) {
    return light;
  }
  constexpr double kWhitest = 0.99;
  light.local = local_light(brightness, board);
  light.white_level = quantile(levels, kWhitest);
  light.blur_px = blur_of(brightness);
  light.noise = noise_of(brightness, even);
  const Shadow shadow = shadow_of(brightness, bodies);
  light.shadow = shadow.direction;
  light.shadow_depth = shadow.depth;
  return light;
}

}  // namespace boarddiff::imaging
