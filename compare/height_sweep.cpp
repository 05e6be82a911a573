// SPDX-License-Identifier: Apache-2.0
#include "compare/height_sweep.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace boarddiff::compare {

namespace {

constexpr double kSurroundCells = 1.7;  // of what has to match at one height: about the smallest tall part
constexpr float kMostDistance = 1;      // squared; what has changed differs at any height, by whatever amount

// What a height has to gain over the plane, and each further cell of it: where all heights match alike, as on plain
// covers, the lowest is taken.
constexpr float kRaised = 0.02F;
constexpr float kEachCell = 0.004F;

// Heights below are slips of matching, and hide nothing.
constexpr float kLeastHeight = 0.75F;

float squared_distance(const float* cell, const cv::Mat& to, float x, float y) {
  const int channels = to.channels();
  const float u = std::clamp(x, 0.0F, static_cast<float>(to.cols - 1));
  const float v = std::clamp(y, 0.0F, static_cast<float>(to.rows - 1));
  const int left = std::min(static_cast<int>(u), std::max(0, to.cols - 2));
  const int top = std::min(static_cast<int>(v), std::max(0, to.rows - 2));
  const int right = std::min(left + 1, to.cols - 1);
  const int bottom = std::min(top + 1, to.rows - 1);
  const float a = u - static_cast<float>(left);
  const float b = v - static_cast<float>(top);
  const float* upper_left = to.ptr<float>(top, left);
  const float* upper_right = to.ptr<float>(top, right);
  const float* lower_left = to.ptr<float>(bottom, left);
  const float* lower_right = to.ptr<float>(bottom, right);
  float sum = 0;
  for (int k = 0; k < channels; ++k) {
    const float upper = upper_left[k] + a * (upper_right[k] - upper_left[k]);
    const float lower = lower_left[k] + a * (lower_right[k] - lower_left[k]);
    const float difference = cell[k] - (upper + b * (lower - upper));
    sum += difference * difference;
  }
  return sum;
}

// The mean squared distance of each cell's surroundings at one height.
cv::Mat1f distance_at(const cv::Mat& from, const cv::Mat& to, const cv::Mat2f& way, int height) {
  cv::Mat1f distance(from.size());
  cv::parallel_for_(cv::Range(0, from.rows), [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      for (int x = 0; x < from.cols; ++x) {
        const cv::Vec2f at =
            cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + way(y, x) * static_cast<float>(height);
        distance(y, x) = std::min(squared_distance(from.ptr<float>(y, x), to, at[0], at[1]), kMostDistance);
      }
    }
  });
  cv::GaussianBlur(distance, distance, {}, kSurroundCells, kSurroundCells, cv::BORDER_REPLICATE);
  return distance;
}

}  // namespace

SweptHeights sweep_heights(const cv::Mat& from, const cv::Mat& to, const cv::Mat2f& way, int farthest_cells,
                           bool both_ways) {
  cv::Mat1f height(from.size(), 0.0F);
  cv::Mat1f least(from.size(), std::numeric_limits<float>::max());
  cv::Mat1f on_plane;
  for (int step = both_ways ? -farthest_cells : 0; step <= farthest_cells; ++step) {
    const cv::Mat1f distance = distance_at(from, to, way, step);
    if (step == 0) {
      on_plane = distance;
    }
    const float toll = step == 0 ? 0 : kRaised + kEachCell * static_cast<float>(std::abs(step));
    for (int y = 0; y < height.rows; ++y) {
      for (int x = 0; x < height.cols; ++x) {
        if (distance(y, x) + toll < least(y, x)) {
          least(y, x) = distance(y, x) + toll;
          height(y, x) = static_cast<float>(step);
        }
      }
    }
  }
  constexpr int kSmoothCells = 5;
  cv::medianBlur(height, height, kSmoothCells);
  SweptHeights swept{.shift_cells = cv::Mat2f(from.size()), .height_cells = cv::Mat1f(cv::abs(height))};
  for (int y = 0; y < height.rows; ++y) {
    for (int x = 0; x < height.cols; ++x) {
      swept.shift_cells(y, x) = way(y, x) * height(y, x);
    }
  }
  cv::subtract(on_plane, least, swept.gain);
  return swept;
}

cv::Mat1f covered_by_taller(const cv::Mat2f& shift_cells) {
  cv::Mat1f own(shift_cells.size());
  cv::Mat1f highest(shift_cells.size(), 0.0F);
  for (int y = 0; y < own.rows; ++y) {
    for (int x = 0; x < own.cols; ++x) {
      const cv::Vec2f& shift = shift_cells(y, x);
      own(y, x) = std::hypot(shift[0], shift[1]);
      const cv::Point at(x + cvRound(shift[0]), y + cvRound(shift[1]));
      if (own(y, x) >= kLeastHeight && cv::Rect({0, 0}, own.size()).contains(at)) {
        highest(at) = std::max(highest(at), own(y, x));
      }
    }
  }
  // Neighbours of unlike height leave gaps between them.
  cv::morphologyEx(highest, highest, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  return cv::Mat1f(cv::max(highest - own, 0));
}

}  // namespace boarddiff::compare
