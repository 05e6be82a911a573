// SPDX-License-Identifier: Apache-2.0
#include "imaging/grey_pyramid.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

constexpr int kSmallestSide = 512;  // px of the longer side; smaller levels hold no detail that a board has

// 16 bits to 8 by a table: linear for light, logarithmic for X-rays, between the picture's own percentiles.
cv::Mat1b eight_bits(const cv::Mat1w& pixels, Modality modality) {
  const auto shown = [&](int value) {
    return modality == Modality::xray ? std::log(1.0F + static_cast<float>(value)) : static_cast<float>(value);
  };
  std::vector<float> some;
  for (int y = 0; y < pixels.rows; y += 7) {
    for (int x = 0; x < pixels.cols; x += 7) {
      some.push_back(shown(pixels(y, x)));
    }
  }
  const float dark = quantile(some, 0.001);
  const float bright = quantile(some, 0.999);
  std::vector<uchar> table(65536);
  for (int value = 0; value < 65536; ++value) {
    const float level = 255 * (shown(value) - dark) / std::max(bright - dark, 1e-3F);
    table[static_cast<std::size_t>(value)] = cv::saturate_cast<uchar>(level);
  }
  cv::Mat1b result(pixels.size());
  for (int y = 0; y < pixels.rows; ++y) {
    std::transform(pixels[y], pixels[y] + pixels.cols, result[y], [&](ushort value) { return table[value]; });
  }
  return result;
}

}  // namespace

GreyPyramid grey_pyramid(const BoardImage& image, Modality modality) {
  cv::Mat grey = image.pixels;
  if (grey.channels() == 3) {
    cv::cvtColor(image.pixels, grey, cv::COLOR_BGR2GRAY);
  }
  if (grey.depth() == CV_16U) {
    grey = eight_bits(grey, modality);
  }
  GreyPyramid pyramid{.levels = {grey}, .usable = image.usable};
  while (std::max(pyramid.levels.back().cols, pyramid.levels.back().rows) > kSmallestSide) {
    const cv::Mat1b& finer = pyramid.levels.back();
    cv::Mat1b coarser;
    cv::resize(finer, coarser, {std::max(1, finer.cols / 2), std::max(1, finer.rows / 2)}, 0, 0, cv::INTER_AREA);
    pyramid.levels.push_back(coarser);
  }
  return pyramid;
}

Point to_level(const GreyPyramid& pyramid, int level, const Point& full_pixel) {
  const cv::Mat1b& full = pyramid.levels.front();
  const cv::Mat1b& picture = pyramid.levels[static_cast<std::size_t>(level)];
  return {(full_pixel.x() + 0.5) * picture.cols / full.cols - 0.5,
          (full_pixel.y() + 0.5) * picture.rows / full.rows - 0.5};
}

Point from_level(const GreyPyramid& pyramid, int level, const Point& level_pixel) {
  const cv::Mat1b& full = pyramid.levels.front();
  const cv::Mat1b& picture = pyramid.levels[static_cast<std::size_t>(level)];
  return {(level_pixel.x() + 0.5) * full.cols / picture.cols - 0.5,
          (level_pixel.y() + 0.5) * full.rows / picture.rows - 0.5};
}

int level_for(const GreyPyramid& pyramid, double full_px) {
  const int level = static_cast<int>(std::floor(std::log2(std::max(full_px, 1.0)) + 0.01));
  return std::clamp(level, 0, static_cast<int>(pyramid.levels.size()) - 1);
}

}  // namespace boarddiff::imaging
