// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/tiff_samples.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace boarddiff::imaging::load {
namespace {

template <typename Value>
Value value_at(std::span<const std::byte> packed, std::size_t index) {
  Value value;
  std::memcpy(&value, packed.data() + index * sizeof(Value), sizeof(Value));
  return value;
}

// Samples of any other number of bits follow one another without gaps, the highest bit first.
std::uint32_t bits_at(std::span<const std::byte> packed, std::size_t first_bit, int bits) {
  std::uint32_t value = 0;
  for (std::size_t bit = first_bit; bit < first_bit + static_cast<std::size_t>(bits); ++bit) {
    value = value << 1U | (std::to_integer<std::uint32_t>(packed[bit / 8]) >> (7 - bit % 8) & 1U);
  }
  return value;
}

template <typename Value, typename Read>
void unpack(const SampleLayout& layout, cv::Mat& pixels, cv::Point start, int count, const Read& read) {
  const auto samples = layout.channel_of_sample.size();
  auto* row = pixels.ptr<Value>(start.y) + static_cast<std::ptrdiff_t>(start.x) * pixels.channels();
  for (int i = 0; i < std::min(count, pixels.cols - start.x); ++i) {
    for (std::size_t s = 0; s < samples; ++s) {
      if (const int channel = layout.channel_of_sample[s]; channel >= 0) {
        row[static_cast<std::ptrdiff_t>(i) * pixels.channels() + channel] =
            read(static_cast<std::size_t>(i) * samples + s);
      }
    }
  }
}

template <typename Value>
void unpack_bits(const SampleLayout& layout, std::span<const std::byte> packed, cv::Mat& pixels, cv::Point start,
                 int count) {
  const std::uint32_t most = (1U << static_cast<unsigned>(layout.bits)) - 1;
  const std::uint32_t full = layout.full_range ? std::numeric_limits<Value>::max() : most;
  unpack<Value>(layout, pixels, start, count, [&](std::size_t index) {
    const std::uint32_t value = bits_at(packed, index * static_cast<std::size_t>(layout.bits), layout.bits);
    return static_cast<Value>((value * full + most / 2) / most);
  });
}

template <typename Value>
void divide_row(Value* row, int columns, int channels) {
  constexpr std::uint32_t kFull = std::numeric_limits<Value>::max();
  for (int x = 0; x < columns; ++x, row += channels) {
    const std::uint32_t alpha = row[channels - 1];
    for (int c = 0; c < channels - 1 && alpha != 0 && alpha != kFull; ++c) {
      row[c] = static_cast<Value>(std::min(kFull, (row[c] * kFull + alpha / 2) / alpha));
    }
  }
}

}  // namespace

void unpack_row(const SampleLayout& layout, std::span<const std::byte> packed, cv::Mat& pixels, cv::Point start,
                int count) {
  switch (layout.bits) {
    case 8:
      unpack<std::uint8_t>(layout, pixels, start, count,
                           [&](std::size_t index) { return value_at<std::uint8_t>(packed, index); });
      break;
    case 16:
      unpack<std::uint16_t>(layout, pixels, start, count,
                            [&](std::size_t index) { return value_at<std::uint16_t>(packed, index); });
      break;
    case 32:
      unpack<float>(layout, pixels, start, count, [&](std::size_t index) { return value_at<float>(packed, index); });
      break;
    default:
      if (layout.bits < 8) {
        unpack_bits<std::uint8_t>(layout, packed, pixels, start, count);
      } else {
        unpack_bits<std::uint16_t>(layout, packed, pixels, start, count);
      }
  }
}

cv::Mat3b through_palette(const cv::Mat1b& places, std::span<const std::uint16_t> red,
                          std::span<const std::uint16_t> green, std::span<const std::uint16_t> blue) {
  const auto is_small = [](std::uint16_t value) { return value < 256; };
  const bool has_8_bits =
      std::ranges::all_of(red, is_small) && std::ranges::all_of(green, is_small) && std::ranges::all_of(blue, is_small);
  const auto as_8_bits = [&](std::uint16_t value) { return static_cast<uchar>(has_8_bits ? value : value >> 8U); };
  cv::Mat3b colours(places.size());
  for (int y = 0; y < places.rows; ++y) {
    for (int x = 0; x < places.cols; ++x) {
      const std::size_t place = std::min<std::size_t>(places(y, x), red.size() - 1);
      colours(y, x) = {as_8_bits(blue[place]), as_8_bits(green[place]), as_8_bits(red[place])};
    }
  }
  return colours;
}

void divide_by_alpha(cv::Mat& pixels) {
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.depth() == CV_8U) {
      divide_row(pixels.ptr<std::uint8_t>(y), pixels.cols, pixels.channels());
    } else {
      divide_row(pixels.ptr<std::uint16_t>(y), pixels.cols, pixels.channels());
    }
  }
}

}  // namespace boarddiff::imaging::load
