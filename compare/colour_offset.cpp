// SPDX-License-Identifier: Apache-2.0
#include "compare/colour_offset.h"

#include "imaging/base/order_statistics.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace boarddiff::compare {

namespace {

constexpr std::size_t kBins = 12;
constexpr int kLocalCells = 31;  // a part of up to half this area does not move the median

struct LightBin {
  float brightening = 0;
  cv::Vec2f offset = {};
};

struct Change {
  float brightening = 0;
  cv::Vec2f offset = {};
};

std::vector<LightBin> light_bins(std::vector<Change> changes) {
  std::vector<LightBin> bins;
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return std::array{a.brightening, a.offset[0], a.offset[1]} < std::array{b.brightening, b.offset[0], b.offset[1]};
  });
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const std::size_t first = bin * changes.size() / kBins;
    const std::size_t last = (bin + 1) * changes.size() / kBins;
    std::vector<float> red;
    std::vector<float> blue;
    for (std::size_t i = first; i < last; ++i) {
      red.push_back(changes[i].offset[0]);
      blue.push_back(changes[i].offset[1]);
    }
    if (!red.empty()) {
      bins.push_back({changes[(first + last) / 2].brightening, {imaging::median(red), imaging::median(blue)}});
    }
  }
  return bins;
}

// Between the middles of the bins straight lines, outside them the nearest bin.
cv::Vec2f offset_at(const std::vector<LightBin>& bins, float brightening) {
  const auto upper = std::lower_bound(bins.begin(), bins.end(), brightening,
                                      [](const LightBin& bin, float value) { return bin.brightening < value; });
  if (upper == bins.begin()) {
    return bins.front().offset;
  }
  if (upper == bins.end()) {
    return bins.back().offset;
  }
  const auto lower = upper - 1;
  const float span = upper->brightening - lower->brightening;
  const float part = span > 0 ? (brightening - lower->brightening) / span : 0;
  return lower->offset * (1 - part) + upper->offset * part;
}

// The map of colours between the two cameras: colour_in_reference = matrix * colour_in_sample + shift.
struct ColourMap {
  Eigen::Matrix2d matrix = Eigen::Matrix2d::Identity();
  Eigen::Vector2d shift = Eigen::Vector2d::Zero();
};

Eigen::Vector2d colour_at(const cv::Mat& colour, int y, int x) {
  const auto& value = colour.at<cv::Vec2f>(y, x);
  return {value[0], value[1]};
}

// Cameras differ in saturation and hue, not only in balance. Least squares, re-weighted towards what did not change,
// with a ridge that keeps the identity where a board has one colour alone.
ColourMap fit_colour_map(const cv::Mat& reference, const cv::Mat& sample, const cv::Mat1b& inspected) {
  constexpr int kRounds = 8;
  constexpr int kStride = 2;
  constexpr double kScale = 0.1;
  constexpr double kRidge = 0.02;  // of the number of cells, in squared kScale
  ColourMap map;
  for (int round = 0; round < kRounds; ++round) {
    Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
    Eigen::Matrix<double, 3, 2> right = Eigen::Matrix<double, 3, 2>::Zero();
    double cells = 0;
    for (int y = 0; y < inspected.rows; y += kStride) {
      for (int x = 0; x < inspected.cols; x += kStride) {
        if (inspected(y, x) == 0) {
          continue;
        }
        const Eigen::Vector2d from = colour_at(sample, y, x);
        const Eigen::Vector2d wanted = colour_at(reference, y, x) - from;
        const Eigen::Vector2d residual = wanted + from - map.matrix * from - map.shift;
        const double ratio = 1 / (1 + residual.squaredNorm() / (kScale * kScale));
        const Eigen::Vector3d terms(from.x(), from.y(), 1);
        normal += ratio * ratio * terms * terms.transpose();
        right += ratio * ratio * terms * wanted.transpose();
        cells += 1;
      }
    }
    const double ridge = kRidge * kScale * kScale * std::max(cells, 1.0);
    normal.diagonal() += Eigen::Vector3d(ridge, ridge, 1e-9 * std::max(cells, 1.0));
    const Eigen::Matrix<double, 3, 2> fit = normal.ldlt().solve(right);
    map.matrix = Eigen::Matrix2d::Identity() + fit.topRows<2>().transpose();
    map.shift = fit.row(2).transpose();
  }
  return map;
}

cv::Mat mapped(const cv::Mat& colour, const ColourMap& map) {
  cv::Mat2f result(colour.size());
  for (int y = 0; y < colour.rows; ++y) {
    for (int x = 0; x < colour.cols; ++x) {
      const Eigen::Vector2d value = map.matrix * colour_at(colour, y, x) + map.shift;
      result(y, x) = {static_cast<float>(value.x()), static_cast<float>(value.y())};
    }
  }
  return result;
}

// The local median on 8 bits, in steps of a hundredth: finer than any lamp is known.
cv::Mat1f local_median(const cv::Mat1f& values, const cv::Mat1b& inspected) {
  cv::Mat1b steps;
  values.convertTo(steps, CV_8U, 100, 128);
  steps.setTo(128, inspected == 0);
  cv::medianBlur(steps, steps, kLocalCells);
  cv::Mat1f result;
  steps.convertTo(result, CV_32F, 0.01, -1.28);
  cv::GaussianBlur(result, result, {}, 2, 2, cv::BORDER_REPLICATE);
  return result;
}

}  // namespace

cv::Mat colour_without_light(const AppearanceGrid& reference, const AppearanceGrid& sample,
                             const cv::Mat1b& inspected) {
  cv::Mat2f colour = mapped(sample.colour, fit_colour_map(reference.colour, sample.colour, inspected));
  std::vector<Change> changes;
  for (int y = 0; y < inspected.rows; ++y) {
    for (int x = 0; x < inspected.cols; ++x) {
      if (inspected(y, x) != 0) {
        changes.push_back({sample.brightness(y, x) - reference.brightness(y, x),
                           reference.colour.at<cv::Vec2f>(y, x) - colour(y, x)});
      }
    }
  }
  const std::vector<LightBin> bins = light_bins(std::move(changes));
  if (bins.empty()) {
    return colour;
  }
  for (int y = 0; y < colour.rows; ++y) {
    for (int x = 0; x < colour.cols; ++x) {
      colour(y, x) += offset_at(bins, sample.brightness(y, x) - reference.brightness(y, x));
    }
  }
  std::array<cv::Mat, 2> rest;
  cv::split(reference.colour - colour, rest.data());
  for (cv::Mat& channel : rest) {
    channel = local_median(channel, inspected);
  }
  cv::Mat local;
  cv::merge(rest.data(), 2, local);
  colour += local;
  return colour;
}

}  // namespace boarddiff::compare
