// SPDX-License-Identifier: Apache-2.0
#include "imaging/light_loss.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
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
  std::vector<float> ratios;
  const auto is_middle = [](int level) { return level > kDark && level < kBright; };
  for (int y = 0; y < levels.picture.rows; y += 2) {
    for (int x = 0; x < levels.picture.cols; x += 2) {
      if (levels.judged(y, x) != 0 && is_middle(levels.other(y, x)) && levels.picture(y, x) > kBlack &&
          levels.picture(y, x) < kWhite) {
        ratios.push_back(static_cast<float>(levels.picture(y, x)) / static_cast<float>(levels.other(y, x)));
      }
    }
  }
  return ratios.empty() ? 1.0F : median(ratios);
}

cv::Mat kernel(int side) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}); }

int odd(double side) { return 2 * static_cast<int>(std::lround(side / 2)) + 1; }

// Connected areas that can hold a part.
cv::Mat1i areas(const cv::Mat1b& mask, double part_px, int& count) {
  cv::Mat1b wide;
  cv::morphologyEx(mask, wide, cv::MORPH_OPEN, kernel(odd(part_px)), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::Mat1i labels;
  count = cv::connectedComponents(wide, labels, 8, CV_32S);
  return labels;
}

// What the levels are inside an area and in a ring around it.
struct Area {
  std::vector<float> other_inside = {};
  std::vector<float> lift = {};  // around it: the picture's level over what the other leads to expect, as a share of
                                 // the way to white
  std::vector<float> fall = {};  // the same downwards, of the way to black
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

bool more_than(const std::vector<float>& values, float share) { return !values.empty() && median(values) > share; }

cv::Mat1b chosen(const cv::Mat1i& labels, const std::vector<bool>& wanted) {
  cv::Mat1b result(labels.size(), uchar{0});
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      result(y, x) = wanted[static_cast<std::size_t>(labels(y, x))] ? 255 : 0;
    }
  }
  return result;
}

// A fifth beyond the end: the level itself is a little uncertain.
constexpr float kBeyond = 1.2F;
// A white part blurred as much as is allowed lifts its surroundings by a sixth, at the middle of the ring.
constexpr float kFades = 0.25F;

}  // namespace

LightLoss light_loss(const CameraLevels& levels, double part_px) {
  const float ratio = exposure_ratio(levels);
  LightLoss loss;
  int count = 0;
  const cv::Mat white = (levels.picture >= kWhite) & levels.judged;
  const cv::Mat1i bright = areas(white, part_px, count);
  std::vector<bool> glare(static_cast<std::size_t>(count), false);
  std::vector<bool> overexposed = glare;
  std::vector<Area> described_areas = described(levels, bright, count, ratio, part_px);
  for (std::size_t i = 1; i < described_areas.size(); ++i) {
    const Area& area = described_areas[i];
    const float other = median(area.other_inside);
    if (other < kWhite) {
      overexposed[i] = ratio * other > kBeyond * 255;
      glare[i] = !overexposed[i] && more_than(area.lift, kFades);
    }
  }
  loss.glare = chosen(bright, glare);
  loss.overexposed = chosen(bright, overexposed);
  const cv::Mat black = (levels.picture <= kBlack) & levels.judged;
  const cv::Mat1i dark = areas(black, part_px, count);
  std::vector<bool> too_dark(static_cast<std::size_t>(count), false);
  described_areas = described(levels, dark, count, ratio, part_px);
  for (std::size_t i = 1; i < described_areas.size(); ++i) {
    const Area& area = described_areas[i];
    const float other = median(area.other_inside);
    const bool by_exposure = ratio * other < kBlack;
    too_dark[i] = other > kBeyond * kBlack && (by_exposure || more_than(area.fall, 2 * kFades));
  }
  loss.too_dark = chosen(dark, too_dark);
  return loss;
}

}  // namespace boarddiff::imaging
