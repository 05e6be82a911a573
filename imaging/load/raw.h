// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Private to the loader: pictures as detectors dump them, of which nothing but the user says the size.
namespace boarddiff::imaging::load {

enum class RawFormat { u8, u16le, u16be, f32le };

// What --raw says: WIDTHxHEIGHT:FORMAT or WIDTHxHEIGHT:FORMAT:OFFSET, where OFFSET bytes precede the first pixel.
struct RawLayout {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  RawFormat format = RawFormat::u8;
  std::uint64_t offset = 0;

  [[nodiscard]] std::size_t pixel_bytes() const {
    return format == RawFormat::u8 ? 1 : format == RawFormat::f32le ? 4 : 2;
  }
  [[nodiscard]] std::uint64_t row_bytes() const { return std::uint64_t{width} * pixel_bytes(); }
  [[nodiscard]] std::uint64_t end() const { return offset + row_bytes() * height; }
  // Less than a row may follow the last pixel.
  [[nodiscard]] bool fits(std::uint64_t file_bytes) const {
    return file_bytes >= end() && file_bytes - end() < row_bytes();
  }
};

// Empty when the text breaks kRawRule.
constexpr std::string_view kRawRule =
    "must be WIDTHxHEIGHT:FORMAT or WIDTHxHEIGHT:FORMAT:OFFSET with whole numbers, no side 0 or above 1000000, and the "
    "format u8, u16le, u16be or f32le, such as 3072x2400:u16le:512";
[[nodiscard]] std::optional<RawLayout> parse_raw_layout(std::string_view text);

// Rows of grey pixels, the first at the top. Values of 16 bits are kept, but where none needs more than 12 or 14 bits
// these are taken for the detector's range and multiplied to fill 16, with a note. Throws Error{damaged_file} when the
// file's size does not fit.
[[nodiscard]] Raster decode_raw(const EncodedFile& file, const RawLayout& layout);

}  // namespace boarddiff::imaging::load
