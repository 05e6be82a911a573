// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Private to the loader: from the samples of a TIFF file to pixels.
namespace boarddiff::imaging::load {

// How samples lie in one row of one plane; those of 8, 16 and 32 bits are in the byte order of this machine.
struct SampleLayout {
  int bits = 8;                             // 1 to 16; 32 is a floating-point number
  bool full_range = true;                   // stretch to all 8 or 16 bits; not wanted for places in a palette
  std::vector<int> channel_of_sample = {};  // -1: the sample is left out

  [[nodiscard]] int depth() const { return bits == 32 ? CV_32F : bits > 8 ? CV_16U : CV_8U; }
  [[nodiscard]] std::size_t row_bytes(std::size_t pixels) const {
    return (pixels * channel_of_sample.size() * static_cast<std::size_t>(bits) + 7) / 8;
  }
};

// Writes one row into `pixels`, as many as the row there has from column `x` on and at most `count`.
void unpack_row(const SampleLayout& layout, std::span<const std::byte> packed, cv::Mat& pixels, cv::Point start,
                int count);

// `palette` holds 2^bits entries a colour, of 16 bits (or, by an old mistake of writers, of 8).
[[nodiscard]] cv::Mat3b through_palette(const cv::Mat1b& places, std::span<const std::uint16_t> red,
                                        std::span<const std::uint16_t> green, std::span<const std::uint16_t> blue);

// Colours that were multiplied by the last channel (alpha) are divided by it again; where that is 0, they stay 0.
void divide_by_alpha(cv::Mat& pixels);

}  // namespace boarddiff::imaging::load
