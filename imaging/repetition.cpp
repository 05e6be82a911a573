// SPDX-License-Identifier: Apache-2.0
#include "imaging/repetition.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr double kSide = 400;          // px of the longer side
constexpr double kLeastOverlap = 0.4;  // of the overlap without shift: less common ground proves nothing
constexpr double kRival = 0.6;         // of the correlation without shift; the places decide
constexpr int kLeastShift = 4;         // px; nearer is the same peak

// Both pictures in the reference's frame at about 400 px, and where both show something (1, else 0).
struct SmallPair {
  cv::Mat1f reference = {};
  cv::Mat1f sample = {};
  cv::Mat1f shown = {};     // by the sample
  double reference_px = 1;  // full pixels a pixel
};

SmallPair small_pair(const GreyPyramid& reference, const GreyPyramid& sample, const PlaneMap& map) {
  const cv::Size full = reference.levels.front().size();
  SmallPair pair{.reference_px = std::max(1.0, std::max(full.width, full.height) / kSide)};
  const cv::Size size(std::max(1, cvRound(full.width / pair.reference_px)),
                      std::max(1, cvRound(full.height / pair.reference_px)));
  const auto level = static_cast<std::size_t>(level_for(reference, pair.reference_px));
  cv::Mat1b grey;
  cv::resize(reference.levels[level], grey, size, 0, 0, cv::INTER_AREA);
  grey.convertTo(pair.reference, CV_32F);
  const Point middle((full.width - 1) / 2.0, (full.height - 1) / 2.0);
  const double step = std::sqrt(std::abs(sample_step(map, middle).determinant())) * pair.reference_px;
  const int sample_level = level_for(sample, std::isfinite(step) ? step : 1);
  const cv::Mat1b& picture = sample.levels[static_cast<std::size_t>(sample_level)];
  cv::Mat2f positions(size, cv::Vec2f(-1e6F, -1e6F));
  pair.shown = cv::Mat1f(size, 0.0F);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Point at((x + 0.5) * full.width / size.width - 0.5, (y + 0.5) * full.height / size.height - 0.5);
      const Point in_sample = to_level(sample, sample_level, to_sample(map, at));
      if (in_sample.allFinite() && in_sample.minCoeff() >= 0 && in_sample.x() <= picture.cols - 1 &&
          in_sample.y() <= picture.rows - 1) {
        positions(y, x) = {static_cast<float>(in_sample.x()), static_cast<float>(in_sample.y())};
        pair.shown(y, x) = 1;
      }
    }
  }
  cv::Mat1b seen;
  cv::remap(picture, seen, positions, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0));
  seen.convertTo(pair.sample, CV_32F);
  return pair;
}

// Local mean removed and local contrast divided out, 0 where nothing is shown.
cv::Mat1f free_of_light(const cv::Mat1f& values, const cv::Mat1f& shown) {
  constexpr double kSurround = 6;  // px
  constexpr double kNoise = 4;     // grey levels of contrast that count as none
  const auto blurred = [](const cv::Mat& picture) {
    cv::Mat1f result;
    cv::GaussianBlur(picture, result, {}, kSurround);
    return result;
  };
  const cv::Mat weight = cv::max(blurred(shown), 0.05);
  const cv::Mat mean = blurred(values.mul(shown)) / weight;
  const cv::Mat difference = (values - mean).mul(shown);
  cv::Mat contrast;
  cv::sqrt(cv::max(blurred(difference.mul(difference)) / weight, 0), contrast);
  cv::Mat1f result;
  cv::divide(difference, contrast + kNoise, result);
  return result;
}

// The correlation of two pictures for all shifts, padded so that nothing wraps around; the middle is no shift.
cv::Mat1f correlated(const cv::Mat1f& a, const cv::Mat1f& b) {
  const cv::Size padded(cv::getOptimalDFTSize(2 * a.cols), cv::getOptimalDFTSize(2 * a.rows));
  const auto spectrum = [&](const cv::Mat1f& picture) {
    cv::Mat1f wide(padded, 0.0F);
    picture.copyTo(wide(cv::Rect({0, 0}, picture.size())));
    cv::dft(wide, wide, 0, picture.rows);
    return wide;
  };
  cv::Mat product;
  cv::mulSpectrums(spectrum(a), spectrum(b), product, 0, true);
  cv::Mat1f wide;
  cv::dft(product, wide, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
  cv::Mat1f result(2 * a.rows - 1, 2 * a.cols - 1);
  for (int y = 0; y < result.rows; ++y) {
    for (int x = 0; x < result.cols; ++x) {
      result(y, x) =
          wide((y - a.rows + 1 + padded.height) % padded.height, (x - a.cols + 1 + padded.width) % padded.width);
    }
  }
  return result;
}

}  // namespace

std::vector<Point> rival_shifts(const GreyPyramid& reference, const GreyPyramid& sample, const PlaneMap& map) {
  constexpr std::size_t kMost = 5;
  const SmallPair pair = small_pair(reference, sample, map);
  const cv::Mat1f everywhere(pair.reference.size(), 1.0F);
  const cv::Mat1f a = free_of_light(pair.reference, everywhere);
  const cv::Mat1f b = free_of_light(pair.sample, pair.shown);
  const cv::Mat1f common = correlated(everywhere, pair.shown);
  cv::Mat1f squares_a;
  cv::Mat1f squares_b;
  cv::multiply(a, a, squares_a);
  cv::multiply(b, b, squares_b);
  const cv::Mat1f energy_a = correlated(squares_a, pair.shown);
  const cv::Mat1f energy_b = correlated(everywhere, squares_b);
  const cv::Mat1f products = correlated(a, b);
  const cv::Point centre(products.cols / 2, products.rows / 2);
  cv::Mat1f likeness(products.size(), 0.0F);
  for (int y = 0; y < likeness.rows; ++y) {
    for (int x = 0; x < likeness.cols; ++x) {
      if (common(y, x) >= kLeastOverlap * common(centre)) {
        const float energy = std::sqrt(std::max(energy_a(y, x), 0.0F) * std::max(energy_b(y, x), 0.0F));
        likeness(y, x) = energy > 1 ? products(y, x) / energy : 0;
      }
    }
  }
  const float here = likeness(centre);
  cv::Mat1f highest;
  cv::dilate(likeness, highest, cv::Mat(), {-1, -1}, kLeastShift);
  std::vector<std::pair<float, cv::Point>> peaks;
  for (int y = 0; y < likeness.rows; ++y) {
    for (int x = 0; x < likeness.cols; ++x) {
      const bool near = std::max(std::abs(x - centre.x), std::abs(y - centre.y)) < kLeastShift;
      if (!near && likeness(y, x) >= highest(y, x) && likeness(y, x) > kRival * here && likeness(y, x) > 0.05F) {
        peaks.push_back({-likeness(y, x), {x, y}});
      }
    }
  }
  std::sort(peaks.begin(), peaks.end(), [](const auto& p, const auto& q) {
    return std::make_tuple(p.first, p.second.y, p.second.x) < std::make_tuple(q.first, q.second.y, q.second.x);
  });
  std::vector<Point> shifts;
  for (const auto& [order, at] : peaks) {
    if (shifts.size() < kMost) {
      // The sample's picture at p looks like the reference's at p + (at - centre).
      shifts.push_back(-Point(at.x - centre.x, at.y - centre.y) * pair.reference_px);
    }
  }
  return shifts;
}

PlaneMap shifted_map(const PlaneMap& map, const Point& shift_in_reference) {
  Eigen::Matrix3d shift = Eigen::Matrix3d::Identity();
  shift(0, 2) = shift_in_reference.x();
  shift(1, 2) = shift_in_reference.y();
  PlaneMap result = map;
  result.sample_from_reference = map.sample_from_reference * shift;
  return result;
}

}  // namespace boarddiff::imaging
