// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/decoders.h"
#include "imaging/load/resolution.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cstdlib>

namespace boarddiff::imaging::load {
namespace {

constexpr std::uint32_t kUncompressed = 0;
constexpr std::uint32_t kRunLengths8 = 1;
constexpr std::uint32_t kRunLengths4 = 2;
constexpr std::uint32_t kBitFields = 3;

struct Header {
  std::uint32_t pixels_offset = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;  // negative: the first row is the top one
  std::uint32_t bits = 0;
  std::uint32_t compression = 0;
  std::uint32_t data_bytes = 0;  // as declared, may be 0
  std::int32_t across_per_metre = 0;
  std::int32_t down_per_metre = 0;
  std::uint32_t alpha_mask = 0;

  [[nodiscard]] std::uint64_t row_bytes() const { return (static_cast<std::uint64_t>(width) * bits + 31) / 32 * 4; }
};

std::uint32_t number_at(const EncodedFile& file, std::size_t offset, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value |= std::to_integer<std::uint32_t>(file.bytes[offset + i]) << (8 * i);
  }
  return value;
}

Header read_header(const EncodedFile& file) {
  constexpr std::size_t kFileHeader = 14;
  const std::size_t available = file.bytes.size();
  const std::uint32_t length = available >= kFileHeader + 4 ? number_at(file, kFileHeader, 4) : 0;
  const bool is_known =
      length == 12 || length == 40 || length == 52 || length == 56 || length == 64 || length == 108 || length == 124;
  if (!is_known || available < kFileHeader + length) {
    fail(ErrorCode::damaged_file, file, "is damaged: the BMP header is incomplete or corrupt");
  }
  Header header{.pixels_offset = number_at(file, 10, 4)};
  if (length == 12) {
    header.width = number_at(file, 18, 2);
    header.height = number_at(file, 20, 2);
    header.bits = number_at(file, 24, 2);
    return header;
  }
  header.width = static_cast<std::int32_t>(number_at(file, 18, 4));
  header.height = static_cast<std::int32_t>(number_at(file, 22, 4));
  header.bits = number_at(file, 28, 2);
  header.compression = number_at(file, 30, 4);
  header.data_bytes = number_at(file, 34, 4);
  header.across_per_metre = static_cast<std::int32_t>(number_at(file, 38, 4));
  header.down_per_metre = static_cast<std::int32_t>(number_at(file, 42, 4));
  if (length >= 56 && length != 64) {
    header.alpha_mask = number_at(file, 66, 4);
  }
  return header;
}

void check_header(const EncodedFile& file, const Header& header) {
  if (header.width < 0) {
    fail(ErrorCode::damaged_file, file, "is damaged: its header says a negative width");
  }
  check_dimensions(file, static_cast<std::uint64_t>(header.width), static_cast<std::uint64_t>(std::abs(header.height)));
  const bool is_plain =
      header.compression == kUncompressed && (header.bits == 1 || header.bits == 4 || header.bits == 8 ||
                                              header.bits == 16 || header.bits == 24 || header.bits == 32);
  const bool is_packed = (header.compression == kRunLengths8 && header.bits == 8) ||
                         (header.compression == kRunLengths4 && header.bits == 4) ||
                         (header.compression == kBitFields && (header.bits == 16 || header.bits == 32));
  if (!is_plain && !is_packed) {
    fail(ErrorCode::unsupported_format, file,
         "is a BMP file of a kind that is not read here: " + std::to_string(header.bits) + " bits, compression " +
             std::to_string(header.compression));
  }
}

// Where the picture's data must end; run lengths only say so when they declare it.
std::uint64_t needed_bytes(const Header& header) {
  const bool has_fixed_rows = header.compression == kUncompressed || header.compression == kBitFields;
  return header.pixels_offset + (has_fixed_rows
                                     ? header.row_bytes() * static_cast<std::uint64_t>(std::abs(header.height))
                                     : header.data_bytes);
}

cv::Mat decoded(const EncodedFile& file, const cv::Mat1b& bytes) {
  try {
    cv::Mat pixels = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
    if (!pixels.empty()) {
      return pixels;
    }
  } catch (const cv::Exception&) {
    // Says where in OpenCV, not what is wrong in the file.
  }
  fail(ErrorCode::damaged_file, file, "is damaged: the BMP data is corrupt or ends too early");
}

cv::Mat1b as_row(std::span<const std::byte> bytes) {
  // OpenCV has no read-only Mat; the decoder does not write.
  auto* data = const_cast<std::byte*>(bytes.data());
  return {1, static_cast<int>(bytes.size()), reinterpret_cast<uchar*>(data)};
}

// A file cut short: zeros for what is missing, and those rows marked. Without a whole row there is nothing to pad:
// where the data should begin is then only a number in the header, and may be far away.
Raster decode_cut(const EncodedFile& file, const Header& header, std::uint64_t needed) {
  const bool has_fixed_rows = header.compression == kUncompressed || header.compression == kBitFields;
  const std::uint64_t data = file.bytes.size() - std::min<std::uint64_t>(file.bytes.size(), header.pixels_offset);
  const int present = has_fixed_rows ? static_cast<int>(data / header.row_bytes()) : 0;
  if (present == 0) {
    fail(ErrorCode::damaged_file, file, "is damaged, and nothing is left to use: the file ends too early");
  }
  std::vector<std::byte> padded(file.bytes.begin(), file.bytes.end());
  padded.resize(needed);
  Raster raster{.pixels = decoded(file, as_row(padded))};
  const int missing = raster.pixels.rows - std::min(present, raster.pixels.rows);
  const int first = header.height > 0 ? 0 : raster.pixels.rows - missing;
  mark_rows_missing(raster, first, first + missing);
  raster.damage = "the file ends too early";
  return raster;
}

}  // namespace

Raster decode_bmp(const EncodedFile& file) {
  const Header header = read_header(file);
  check_header(file, header);
  const std::uint64_t needed = needed_bytes(header);
  // The longest that OpenCV takes in one row of bytes; a picture of the largest default size stays below it.
  if (std::max<std::uint64_t>(needed, file.bytes.size()) > 0x7fffffff) {
    fail(ErrorCode::too_large, file, "is a BMP file of more than 2 GB");
  }
  const bool is_cut = needed > file.bytes.size();
  if (is_cut && !file.accept_damaged) {
    fail(ErrorCode::damaged_file, file, "is damaged: the file ends too early (--accept-damaged uses what is left)");
  }
  Raster raster = is_cut ? decode_cut(file, header, needed) : Raster{.pixels = decoded(file, as_row(file.bytes))};
  if (raster.pixels.size() != cv::Size(static_cast<int>(header.width), static_cast<int>(std::abs(header.height))) ||
      raster.pixels.depth() != CV_8U) {
    fail(ErrorCode::damaged_file, file, "is damaged: the BMP header contradicts itself");
  }
  state_per_metre(raster.resolution, header.across_per_metre, header.down_per_metre);
  if (raster.pixels.channels() == 4 && header.compression == kBitFields && header.alpha_mask != 0) {
    separate_alpha(raster);
  } else if (raster.pixels.channels() == 4) {
    // Without a mask in the header, the fourth byte means nothing and is usually 0.
    cv::Mat colour(raster.pixels.size(), CV_8UC3);
    cv::mixChannels({raster.pixels}, {colour}, {0, 0, 1, 1, 2, 2});
    raster.pixels = colour;
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
