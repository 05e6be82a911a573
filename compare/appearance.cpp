// SPDX-License-Identifier: Apache-2.0
#include "compare/appearance.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

constexpr int kDirections = 8;

// Light below this share of full scale is mostly noise and stray light; the logarithms level off there.
constexpr float kDarkFloor = 0.04F;

// The same for colour, which a profile's gamut cuts and compression blurs in saturated dark places.
constexpr float kColourFloor = 0.08F;

// A cell whose edges are weaker than this shows noise rather than a pattern; in units of texture.
constexpr float kStructureFloor = 0.03F;

// Pools in cells: neighbours overlap, so that a pattern does not change by where the grid lies.
constexpr double kStructurePool = 0.7;
constexpr double kColourPool = 0.4;

cv::Mat1f brightness_of(const cv::Mat& picture) {
  cv::Mat result = picture.clone();
  if (picture.channels() == 3) {
    cv::cvtColor(picture, result, cv::COLOR_BGR2GRAY);
    cv::log(cv::max(result, 0) + kDarkFloor, result);
  } else {
    result *= -1;
  }
  return result;
}

// Sums of the gradient by direction in each cell, shared between the two nearest of the eight directions.
cv::Mat directed_energy(const cv::Mat1f& brightness, const cv::Size& cells, int cell_px) {
  cv::Mat1f smooth;
  cv::GaussianBlur(brightness, smooth, {}, 1.0);
  cv::Mat1f along_x;
  cv::Mat1f along_y;
  cv::Scharr(smooth, along_x, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(smooth, along_y, CV_32F, 0, 1, 1.0 / 32);
  cv::Mat energy(cells, CV_32FC(kDirections), cv::Scalar(0));
  const float share = 1.0F / static_cast<float>(cell_px * cell_px);
  cv::parallel_for_(cv::Range(0, cells.height), [&](const cv::Range& rows) {
    for (int y = rows.start * cell_px; y < rows.end * cell_px; ++y) {
      float* row = energy.ptr<float>(y / cell_px);
      for (int x = 0; x < cells.width * cell_px; ++x) {
        const float gx = along_x(y, x);
        const float gy = along_y(y, x);
        const float strength = std::sqrt(gx * gx + gy * gy) * share;
        const float turn = cv::fastAtan2(gy, gx) * (kDirections / 360.0F);
        const auto lower = static_cast<int>(turn);
        const float part = turn - static_cast<float>(lower);
        float* cell = row + static_cast<std::ptrdiff_t>(x / cell_px) * kDirections;
        cell[lower % kDirections] += strength * (1 - part);
        cell[(lower + 1) % kDirections] += strength * part;
      }
    }
  });
  cv::GaussianBlur(energy, energy, {}, kStructurePool, kStructurePool, cv::BORDER_REPLICATE);
  return energy;
}

// Divides each cell's energy by its length plus the floor, in place; returns the lengths.
cv::Mat1f divide_by_length(cv::Mat& energy) {
  cv::Mat1f lengths(energy.size());
  for (int y = 0; y < energy.rows; ++y) {
    float* row = energy.ptr<float>(y);
    for (int x = 0; x < energy.cols; ++x, row += kDirections) {
      float sum = 0;
      for (int k = 0; k < kDirections; ++k) {
        sum += row[k] * row[k];
      }
      lengths(y, x) = std::sqrt(sum);
      for (int k = 0; k < kDirections; ++k) {
        row[k] /= lengths(y, x) + kStructureFloor;
      }
    }
  }
  return lengths;
}

cv::Mat colour_of(const cv::Mat& small) {
  if (small.channels() == 1) {
    return small;
  }
  cv::Mat2f colour(small.size());
  for (int y = 0; y < small.rows; ++y) {
    for (int x = 0; x < small.cols; ++x) {
      const auto& light = small.at<cv::Vec3f>(y, x);
      const auto level = [&](int channel) { return std::max(light[channel], 0.0F) + kColourFloor; };
      colour(y, x) = {std::log(level(2) / level(1)), std::log(level(0) / level(1))};
    }
  }
  return colour;
}

cv::Mat whole_cells(const cv::Mat& picture, int cell_px) {
  return picture(cv::Rect(0, 0, picture.cols / cell_px * cell_px, picture.rows / cell_px * cell_px));
}

}  // namespace

AppearanceGrid describe_colour(const cv::Mat& picture, int cell_px) {
  const cv::Size cells(picture.cols / cell_px, picture.rows / cell_px);
  cv::Mat small;
  cv::resize(whole_cells(picture, cell_px), small, cells, 0, 0, cv::INTER_AREA);
  cv::GaussianBlur(small, small, {}, kColourPool, kColourPool, cv::BORDER_REPLICATE);
  return {.colour = colour_of(small), .brightness = brightness_of(small)};
}

AppearanceGrid describe_appearance(const cv::Mat& picture, int cell_px) {
  AppearanceGrid grid = describe_colour(picture, cell_px);
  grid.structure = directed_energy(brightness_of(whole_cells(picture, cell_px)), grid.colour.size(), cell_px);
  grid.texture = divide_by_length(grid.structure);
  return grid;
}

}  // namespace boarddiff::compare
