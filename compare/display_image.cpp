// SPDX-License-Identifier: Apache-2.0
#include "compare/display_image.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace boarddiff::compare {
namespace {

// How often each value occurs in the usable pixels, all channels together.
std::vector<std::int64_t> histogram(const imaging::BoardImage& image) {
  constexpr int kValues = 65536;
  std::vector<std::int64_t> counts(kValues, 0);
  const int channels = image.pixels.channels();
  const bool wide = image.pixels.depth() == CV_16U;
  for (int y = 0; y < image.pixels.rows; ++y) {
    const uchar* usable = image.usable.empty() ? nullptr : image.usable[y];
    const auto* bytes = image.pixels.ptr<uchar>(y);
    const auto* words = image.pixels.ptr<std::uint16_t>(y);
    for (int i = 0; i < image.pixels.cols * channels; ++i) {
      if (usable == nullptr || usable[i / channels] != 0) {
        ++counts[wide ? words[i] : bytes[i]];
      }
    }
  }
  return counts;
}

// The least value that at least `share` of all reach; 0 for an empty histogram.
double percentile(const std::vector<std::int64_t>& counts, double share) {
  std::int64_t total = 0;
  for (const std::int64_t count : counts) {
    total += count;
  }
  std::int64_t seen = 0;
  for (std::size_t value = 0; value < counts.size(); ++value) {
    seen += counts[value];
    if (seen > 0 && static_cast<double>(seen) >= share * static_cast<double>(total)) {
      return static_cast<double>(value);
    }
  }
  return 0;
}

}  // namespace

DisplayRange display_range(const imaging::BoardImage& image, imaging::Modality modality) {
  if (image.pixels.depth() == CV_8U && modality == imaging::Modality::photo) {
    return {};
  }
  const std::vector<std::int64_t> counts = histogram(image);
  const double black = percentile(counts, 0.005);
  return {.black = black, .white = std::max(black + 1, percentile(counts, 0.995))};
}

cv::Mat3b display_pixels(const cv::Mat& pixels, const DisplayRange& range) {
  cv::Mat bytes;
  const double gain = 255 / (range.white - range.black);
  pixels.convertTo(bytes, CV_8U, gain, -range.black * gain);
  if (bytes.channels() == 3) {
    return bytes;
  }
  cv::Mat3b colour;
  cv::cvtColor(bytes, colour, cv::COLOR_GRAY2BGR);
  return colour;
}

}  // namespace boarddiff::compare
