// SPDX-License-Identifier: Apache-2.0
#include "imaging/light_loss.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace boarddiff::imaging {

namespace {

// Compression puts a few levels of noise on either end.
constexpr int kWhite = 250;
constexpr int kBlack = 8;

// The picture's levels over the other's, where both are in the middle: levels are about a power of the light, so that
// another exposure is one factor.
float exposure_ratio(const CameraLevels& levels) {
  constexpr int kDark = 25;
  constexpr int kBright = 230;
  constexpr int kMiddle = 160;  // above it one of the colours may be at its end already
  std::vector<float> ratios;
  for (int y = 0; y < levels.picture.rows; y += 2) {
    for (int x = 0; x < levels.picture.cols; x += 2) {
      const int picture = levels.picture(y, x);
      const int other = levels.other(y, x);
      if (levels.judged(y, x) != 0 && other > kDark && other < kBright && picture > kBlack && picture < kMiddle) {
        ratios.push_back(static_cast<float>(picture) / static_cast<float>(other));
      }
    }
  }
  return ratios.empty() ? 1.0F : median(ratios);
}

cv::Mat kernel(int side) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}); }

int odd(double side) { return 2 * static_cast<int>(std::lround(side / 2)) + 1; }

// What of a mask can hold a part.
cv::Mat1b wide_parts(const cv::Mat& mask, double part_px) {
  cv::Mat1b wide;
  cv::morphologyEx(mask, wide, cv::MORPH_OPEN, kernel(odd(part_px)), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  return wide;
}

// What the levels are in an area and in a ring around it.
struct Area {
  std::vector<float> other_inside = {};
  // Around it, where the picture's level lies from what the other leads to expect: its share of the way to white, and
  // of the way to black.
  std::vector<float> lift = {};
  std::vector<float> fall = {};
};

// Which area a pixel of the ring around the areas belongs to; 0 elsewhere. The ring leaves out the pixels next to the
// area, which any blur lifts.
cv::Mat1i ring_labels(const cv::Mat1i& labels, double part_px) {
  const auto grown = [&](double by_px) {
    cv::Mat1f values;
    labels.convertTo(values, CV_32F);  // whole numbers to 2^24
    cv::dilate(values, values, kernel(odd(2 * by_px)));
    cv::Mat1i result;
    values.convertTo(result, CV_32S);
    return result;
  };
  cv::Mat1i ring = grown(0.75 * part_px);
  ring.setTo(0, grown(0.25 * part_px) != 0);
  return ring;
}

std::vector<Area> described(const CameraLevels& levels, const cv::Mat1i& labels, int count, float ratio,
                            double part_px) {
  std::vector<Area> result(static_cast<std::size_t>(count));
  const cv::Mat1i ring = ring_labels(labels, part_px);
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      const auto other = static_cast<float>(levels.other(y, x));
      if (labels(y, x) > 0) {
        result[static_cast<std::size_t>(labels(y, x))].other_inside.push_back(other);
      }
      if (ring(y, x) > 0 && levels.judged(y, x) != 0) {
        Area& area = result[static_cast<std::size_t>(ring(y, x))];
        const float expected = std::min(ratio * other, 255.0F);
        const float more = static_cast<float>(levels.picture(y, x)) - expected;
        area.lift.push_back(more / std::max(255 - expected, 25.0F));
        area.fall.push_back(-more / std::max(expected, 25.0F));
      }
    }
  }
  return result;
}

// Those of the connected areas that `is_wanted`.
cv::Mat1b areas_where(const CameraLevels& levels, const cv::Mat1b& mask, float ratio, double part_px,
                      const std::function<bool(const Area&)>& is_wanted) {
  cv::Mat1i labels;
  const int count = cv::connectedComponents(mask, labels, 8, CV_32S);
  std::vector<bool> wanted;
  for (const Area& area : described(levels, labels, count, ratio, part_px)) {
    wanted.push_back(!area.other_inside.empty() && is_wanted(area));
  }
  cv::Mat1b result(labels.size(), uchar{0});
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      result(y, x) = wanted[static_cast<std::size_t>(labels(y, x))] ? 255 : 0;
    }
  }
  return result;
}

bool more_than(const std::vector<float>& values, float share) { return !values.empty() && median(values) > share; }

// A fifth beyond the end: the level itself is a little uncertain.
constexpr double kBeyond = 1.2;
// How far the ring around an area has to go along with it. Around a sharp edge it does not at all; a white part blurred
// as much as is allowed lifts it by a sixth, one on a board that is lit twice as brightly there by a third.
constexpr float kFades = 0.7F;

}  // namespace

LightLoss light_loss(const CameraLevels& levels, double part_px) {
  const float ratio = exposure_ratio(levels);
  const cv::Mat white = (levels.picture >= kWhite) & levels.judged;
  const cv::Mat black = (levels.picture <= kBlack) & levels.judged;
  const cv::Mat beyond_white = (levels.other > kBeyond * 255 / ratio) & (levels.other < kWhite);
  const cv::Mat beyond_black = (levels.other < kBlack / ratio) & (levels.other > kBeyond * kBlack);
  LightLoss loss;
  loss.overexposed = wide_parts(white & beyond_white, part_px);
  loss.glare =
      areas_where(levels, wide_parts(white & ~loss.overexposed, part_px), ratio, part_px,
                  [](const Area& area) { return median(area.other_inside) < kWhite && more_than(area.lift, kFades); });
  loss.too_dark = wide_parts(black & beyond_black, part_px);
  loss.too_dark |= areas_where(levels, wide_parts(black, part_px), ratio, part_px, [](const Area& area) {
    return median(area.other_inside) > kBeyond * kBlack && more_than(area.fall, kFades);
  });
  return loss;
}

}  // namespace boarddiff::imaging
