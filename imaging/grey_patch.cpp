// SPDX-License-Identifier: Apache-2.0
#include "imaging/grey_patch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr int kGain = 2;  // bits below a grey value

// Rows are multiplied in steps of as many values as processors do at once.
constexpr int kLane = 8;

double spread_of(std::int64_t sum, std::int64_t squares, std::int64_t count) {
  return std::sqrt(std::max(0.0, static_cast<double>(squares) -
                                     static_cast<double>(sum) * static_cast<double>(sum) / static_cast<double>(count)));
}

// Sum over the square of `size` that begins at (x, y), from a table of sums.
std::int32_t over(const Window& window, const std::vector<std::uint32_t>& table, int x, int y, int size) {
  const auto at = [&](int column, int line) {
    return table[static_cast<std::size_t>(line * (window.side + 1) + column)];
  };
  return static_cast<std::int32_t>(at(x + size, y + size) - at(x, y + size) - at(x + size, y) + at(x, y));
}

}  // namespace

Patch sampled(const cv::Mat1b& picture, const Eigen::Vector2d& centre, const Eigen::Matrix2d& step, int half) {
  for (const Eigen::Vector2d& corner :
       {Eigen::Vector2d(-1, -1), Eigen::Vector2d(1, -1), Eigen::Vector2d(1, 1), Eigen::Vector2d(-1, 1)}) {
    const Eigen::Vector2d at = centre + step * corner * half;
    if (!(at.x() >= 0 && at.y() >= 0 && at.x() < picture.cols - 1 && at.y() < picture.rows - 1)) {
      return {};
    }
  }
  constexpr int kBits = 12;
  constexpr int kOne = 1 << kBits;
  const auto fixed = [](double value) { return static_cast<int>(std::lround(value * kOne)); };
  Patch patch{.side = 2 * half + 1};
  patch.values.resize(static_cast<std::size_t>(patch.side) * static_cast<std::size_t>(patch.side));
  std::int16_t* out = patch.values.data();
  const int step_x = fixed(step(0, 0));
  const int step_y = fixed(step(1, 0));
  for (int y = -half; y <= half; ++y) {
    const Eigen::Vector2d start = centre + step * Eigen::Vector2d(-half, y);
    int at_x = fixed(start.x());
    int at_y = fixed(start.y());
    for (int x = -half; x <= half; ++x, at_x += step_x, at_y += step_y) {
      // Steps are rounded: the last of a row may fall a hair outside.
      const int column = std::clamp(at_x >> kBits, 0, picture.cols - 2);
      const int line = std::clamp(at_y >> kBits, 0, picture.rows - 2);
      const int right = at_x - column * kOne;
      const int below = at_y - line * kOne;
      const uchar* upper = picture[line] + column;
      const uchar* lower = picture[line + 1] + column;
      const int above_value = upper[0] * (kOne - right) + upper[1] * right;
      const int below_value = lower[0] * (kOne - right) + lower[1] * right;
      const std::int64_t sum =
          static_cast<std::int64_t>(above_value) * (kOne - below) + static_cast<std::int64_t>(below_value) * below;
      *out++ = static_cast<std::int16_t>(sum >> (2 * kBits - kGain));
    }
  }
  return patch;
}

Template template_of(Patch patch) {
  Template result{.patch = std::move(patch)};
  std::int64_t squares = 0;
  for (const std::int16_t value : result.patch.values) {
    result.sum += value;
    squares += value * value;
  }
  result.spread = spread_of(result.sum, squares, static_cast<std::int64_t>(result.patch.values.size()));
  const int side = result.patch.side;
  result.stride = (side + kLane - 1) / kLane * kLane;
  result.filled.assign(static_cast<std::size_t>(side * result.stride), 0);
  for (int y = 0; y < side; ++y) {
    std::copy_n(result.patch.row(y), side, result.filled.data() + static_cast<std::ptrdiff_t>(y) * result.stride);
  }
  return result;
}

Window window_of(Patch patch) {
  const int side = patch.side;
  Window window{.side = side, .values = std::move(patch.values)};
  window.values.resize(window.values.size() + kLane, 0);
  window.sums.assign(static_cast<std::size_t>((side + 1) * (side + 1)), 0);
  window.squares = window.sums;
  for (int y = 0; y < side; ++y) {
    std::uint32_t sum = 0;
    std::uint32_t squares = 0;
    for (int x = 0; x < side; ++x) {
      const std::int16_t value = window.values[static_cast<std::size_t>(y * side + x)];
      sum += static_cast<std::uint32_t>(value);
      squares += static_cast<std::uint32_t>(value * value);
      const auto above = static_cast<std::size_t>(y * (side + 1) + x + 1);
      const std::size_t here = above + static_cast<std::size_t>(side) + 1;
      window.sums[here] = window.sums[above] + sum;
      window.squares[here] = window.squares[above] + squares;
    }
  }
  return window;
}

double likeness_at(const Template& wanted, const Window& window, int x, int y) {
  const int side = wanted.patch.side;
  std::int32_t products = 0;
  for (int row = 0; row < side; ++row) {
    const std::int16_t* a = wanted.filled.data() + static_cast<std::ptrdiff_t>(row) * wanted.stride;
    const std::int16_t* b = window.values.data() + static_cast<std::ptrdiff_t>(y + row) * window.side + x;
    for (int column = 0; column < wanted.stride; ++column) {
      products += a[column] * b[column];
    }
  }
  const std::int64_t count = static_cast<std::int64_t>(side) * side;
  const std::int32_t sum = over(window, window.sums, x, y, side);
  const double spread = spread_of(sum, over(window, window.squares, x, y, side), count);
  const double covariance =
      products - static_cast<double>(wanted.sum) * static_cast<double>(sum) / static_cast<double>(count);
  // A grey level of deviation a pixel is noise.
  const double least = 4.0 * side;
  return covariance / (std::max(wanted.spread, least) * std::max(spread, least));
}

}  // namespace boarddiff::imaging
