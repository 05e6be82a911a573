// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/raw.h"

#include "imaging/load/float_pixels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <utility>

namespace boarddiff::imaging::load {
namespace {

constexpr std::array<std::pair<std::string_view, RawFormat>, 4> kFormats{
    {{"u8", RawFormat::u8}, {"u16le", RawFormat::u16le}, {"u16be", RawFormat::u16be}, {"f32le", RawFormat::f32le}}};

// What stands before the mark, which is taken away with it; all where there is no mark.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

// A whole number in digits alone, at most `most`.
std::optional<std::uint64_t> whole_number(std::string_view text, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size() && number <= most;
  return is_number ? std::optional(number) : std::nullopt;
}

std::uint32_t number_at(const EncodedFile& file, std::size_t at, std::size_t bytes, bool big_endian) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = number << 8U | std::to_integer<std::uint32_t>(file.bytes[at + (big_endian ? i : bytes - 1 - i)]);
  }
  return number;
}

cv::Mat pixels_of(const EncodedFile& file, const RawLayout& layout) {
  const int depth = layout.format == RawFormat::u8 ? CV_8U : layout.format == RawFormat::f32le ? CV_32F : CV_16U;
  cv::Mat pixels(static_cast<int>(layout.height), static_cast<int>(layout.width), depth);
  auto at = static_cast<std::size_t>(layout.offset);
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; ++x, at += layout.pixel_bytes()) {
      const std::uint32_t bits = number_at(file, at, layout.pixel_bytes(), layout.format == RawFormat::u16be);
      if (depth == CV_8U) {
        pixels.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(bits);
      } else if (depth == CV_16U) {
        pixels.at<std::uint16_t>(y, x) = static_cast<std::uint16_t>(bits);
      } else {
        pixels.at<float>(y, x) = std::bit_cast<float>(bits);
      }
    }
  }
  return pixels;
}

void fill_16_bits(Raster& raster) {
  double most = 0;
  cv::minMaxLoc(raster.pixels, nullptr, &most);
  const int bits = most < 4096 ? 12 : most < 16384 ? 14 : 16;
  if (bits == 16 || most == 0) {
    return;
  }
  const int factor = 1 << (16 - bits);
  raster.pixels *= factor;
  raster.values.per_step = 1.0 / factor;
  raster.notes.push_back("No value needs more than " + std::to_string(bits) + " bits; all were multiplied by " +
                         std::to_string(factor) + ".");
}

}  // namespace

std::optional<RawLayout> parse_raw_layout(std::string_view text) {
  constexpr std::uint64_t kMostSide = 1'000'000;
  constexpr std::uint64_t kMostOffset = 1'000'000'000'000;
  std::string_view size = take_until(text, ':');
  const auto width = whole_number(take_until(size, 'x'), kMostSide);
  const auto height = whole_number(size, kMostSide);
  const bool has_offset = text.find(':') != std::string_view::npos;
  const std::string_view name = take_until(text, ':');
  const auto format = std::ranges::find(kFormats, name, [](const auto& known) { return known.first; });
  const auto offset = has_offset ? whole_number(text, kMostOffset) : std::optional<std::uint64_t>(0);
  if (width.value_or(0) == 0 || height.value_or(0) == 0 || format == kFormats.end() || !offset) {
    return {};
  }
  return RawLayout{.width = static_cast<std::uint32_t>(*width),
                   .height = static_cast<std::uint32_t>(*height),
                   .format = format->second,
                   .offset = *offset};
}

Raster decode_raw(const EncodedFile& file, const RawLayout& layout) {
  check_dimensions(file, layout.width, layout.height);
  const std::uint64_t size = file.bytes.size();
  if (!layout.fits(size)) {
    fail(ErrorCode::damaged_file, file,
         "has " + std::to_string(size) + " bytes, and --raw says " + std::to_string(layout.end()) +
             (size < layout.end() ? "" : " and leaves more than a row"));
  }
  Raster raster{.pixels = pixels_of(file, layout), .bits_per_channel = static_cast<int>(layout.pixel_bytes() * 8)};
  if (layout.format == RawFormat::f32le) {
    stretch_floats(file, raster);
  } else if (layout.format != RawFormat::u8) {
    fill_16_bits(raster);
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
