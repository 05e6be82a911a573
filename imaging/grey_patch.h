// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace boarddiff::imaging {

// A square of grey values in whole numbers with 4 levels a grey value: sums of products of 41 x 41 of them fit 32 bits,
// so that likenesses are the same on any processor.
struct Patch {
  int side = 0;
  std::vector<std::int16_t> values = {};

  [[nodiscard]] const std::int16_t* row(int y) const { return values.data() + static_cast<std::ptrdiff_t>(y) * side; }
};

// A square of the picture around `centre`, 2 * half + 1 samples a side, in steps along its rows and columns. Empty
// where it leaves the picture.
[[nodiscard]] Patch sampled(const cv::Mat1b& picture, const Eigen::Vector2d& centre, const Eigen::Matrix2d& step,
                            int half);

// What is looked for: a patch with its sums, its rows filled up with zeros for the processor.
struct Template {
  Patch patch = {};
  int stride = 0;
  std::vector<std::int16_t> filled = {};
  std::int64_t sum = 0;
  double spread = 0;  // square root of the sum of squared deviations from the mean
};
[[nodiscard]] Template template_of(Patch patch);

// Where it is looked for: a larger patch, and sums over any of its squares.
struct Window {
  int side = 0;
  std::vector<std::int16_t> values = {};  // longer than the patch: filled rows reach over the end
  std::vector<std::uint32_t> sums = {};   // of all above and to the left; they may overflow, differences do not
  std::vector<std::uint32_t> squares = {};
};
[[nodiscard]] Window window_of(Patch patch);

// Normalised correlation of the template with the square of the window that begins at (x, y), -1 to 1. Where either is
// even, noise of a grey level counts as its spread.
[[nodiscard]] double likeness_at(const Template& wanted, const Window& window, int x, int y);

}  // namespace boarddiff::imaging
