// SPDX-License-Identifier: Apache-2.0
#include "imaging/detector_faults.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kMostBeside = 3;
constexpr float kLineDiffers = 0.06F;  // of the level: gains of lines that work differ by a percent or so
constexpr double kWholeLine = 0.9;     // share of it
constexpr int kTimesSlope = 2;

constexpr int kLeastStep = 400;   // of 65535; smaller ones are noise wherever they are
constexpr float kTimesUsual = 8;  // what pixels around differ by from theirs; noise does not reach six times that
constexpr int kNeighbourhood = 9;

// The nearest good lines on both sides.
struct Between {
  int before = 0;
  int after = 0;
};

// For each row, whether it differs from the last good one before it and from the first row after it that agrees with
// that one again.
std::vector<bool> faulty_rows(const cv::Mat1w& pixels) {
  std::vector<bool> faulty(static_cast<std::size_t>(pixels.rows), false);
  const auto share_beyond = [&](int row, int one, int other) {
    const int before_one = std::max(0, one - 1);
    const int after_other = std::min(pixels.rows - 1, other + 1);
    int beyond = 0;
    for (int x = 0; x < pixels.cols; ++x) {
      const auto [least, most] = std::minmax(pixels(one, x), pixels(other, x));
      const float level = pixels(row, x);
      // An edge that optics blurred is seen in the good lines as well.
      const auto slope =
          static_cast<float>(kTimesSlope * std::max(std::abs(pixels(one, x) - pixels(before_one, x)),
                                                    std::abs(pixels(other, x) - pixels(after_other, x))));
      const float step = std::max({kLineDiffers * static_cast<float>(most), static_cast<float>(kLeastStep), slope});
      beyond += level < static_cast<float>(least) - step || level > static_cast<float>(most) + step ? 1 : 0;
    }
    return beyond / static_cast<double>(pixels.cols);
  };
  for (int row = 1; row + 1 < pixels.rows; ++row) {
    for (int count = 1; count <= kMostBeside && row + count < pixels.rows; ++count) {
      bool all = true;
      for (int i = 0; i < count && all; ++i) {
        all = share_beyond(row + i, row - 1, row + count) >= kWholeLine;
      }
      if (!all) continue;
      std::fill_n(faulty.begin() + row, count, true);
      row += count;
      break;
    }
  }
  return faulty;
}

// From the nearest good rows on both sides, by distance.
int fill_rows(cv::Mat1w& pixels, const std::vector<bool>& faulty) {
  int filled = 0;
  for (int row = 1; row + 1 < pixels.rows; ++row) {
    if (!faulty[static_cast<std::size_t>(row)]) continue;
    Between good{row - 1, row + 1};
    while (good.after + 1 < pixels.rows && faulty[static_cast<std::size_t>(good.after)]) ++good.after;
    while (good.before > 0 && faulty[static_cast<std::size_t>(good.before)]) --good.before;
    const float share = static_cast<float>(row - good.before) / static_cast<float>(good.after - good.before);
    for (int x = 0; x < pixels.cols; ++x) {
      const float level =
          (1 - share) * static_cast<float>(pixels(good.before, x)) + share * static_cast<float>(pixels(good.after, x));
      pixels(row, x) = static_cast<ushort>(std::lround(level));
    }
    ++filled;
  }
  return filled;
}

// The eight around a pixel, sorted.
std::array<int, 8> around(const cv::Mat1w& pixels, int y, int x) {
  std::array<int, 8> levels = {pixels(y - 1, x - 1), pixels(y - 1, x),     pixels(y - 1, x + 1), pixels(y, x - 1),
                               pixels(y, x + 1),     pixels(y + 1, x - 1), pixels(y + 1, x),     pixels(y + 1, x + 1)};
  std::sort(levels.begin(), levels.end());
  return levels;
}

int middle_of(const std::array<int, 8>& levels) { return (levels[3] + levels[4]) / 2; }

// How far each pixel is from the middle of those around it.
cv::Mat1f aside(const cv::Mat1w& pixels) {
  cv::Mat1f result(pixels.size(), 0.0F);
  for (int y = 1; y + 1 < pixels.rows; ++y) {
    for (int x = 1; x + 1 < pixels.cols; ++x) {
      result(y, x) = static_cast<float>(std::abs(pixels(y, x) - middle_of(around(pixels, y, x))));
    }
  }
  return result;
}

// A neighbour that is faulty as well, at either end of the order, is left out.
std::size_t fill_pixels(cv::Mat1w& pixels) {
  const cv::Mat1w before = pixels.clone();
  const cv::Mat1f off = aside(before);
  cv::Mat1f usual;
  cv::blur(off, usual, {kNeighbourhood, kNeighbourhood});
  std::size_t filled = 0;
  for (int y = 1; y + 1 < pixels.rows; ++y) {
    for (int x = 1; x + 1 < pixels.cols; ++x) {
      if (off(y, x) <= kTimesUsual * usual(y, x)) continue;
      const std::array<int, 8> levels = around(before, y, x);
      if (before(y, x) > levels[6] + kLeastStep || before(y, x) < levels[1] - kLeastStep) {
        pixels(y, x) = static_cast<ushort>(middle_of(levels));
        ++filled;
      }
    }
  }
  return filled;
}

}  // namespace

RepairedPixels repair_detector_faults(const cv::Mat1w& pixels) {
  RepairedPixels result{.pixels = pixels.clone()};
  if (std::min(pixels.rows, pixels.cols) < 2 + kMostBeside) {
    return result;
  }
  cv::Mat1w turned(result.pixels.t());
  const std::vector<bool> rows = faulty_rows(result.pixels);
  const std::vector<bool> columns = faulty_rows(turned);
  result.faults.rows = fill_rows(result.pixels, rows);
  turned = result.pixels.t();
  result.faults.columns = fill_rows(turned, columns);
  result.pixels = turned.t();
  result.faults.pixels = fill_pixels(result.pixels);
  return result;
}

}  // namespace boarddiff::imaging
