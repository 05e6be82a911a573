// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_jpeg.h"

#include "imaging/load/decoders.h"
#include "imaging/load/dicom_lossless.h"

#include <charls/charls.h>

#include <string>
#include <vector>

namespace boarddiff::imaging::load {
namespace {

// The last bytes of markers.
constexpr std::uint32_t kProgressive = 0xc2;
constexpr std::uint32_t kScan = 0xda;

// The header of JPEG data, and the data without what is of no use for its pixels: comments and
// applications' segments.
struct JpegStream {
  std::uint32_t kind = 0;  // the last byte of its frame's marker
  std::uint32_t precision = 0;
  std::vector<std::byte> bare = {};
};

bool is_frame_marker(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

bool is_left_out(std::uint32_t marker) { return (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe; }

// False for a picture of another size than the plan's, and where there was a frame before.
bool read_frame_header(std::span<const std::byte> segment, std::uint32_t marker, const DicomPlan& plan,
                       const EncodedFile& file, JpegStream& stream) {
  constexpr std::size_t kOneChannel = 13;
  if (stream.kind != 0 || segment.size() < kOneChannel) {
    return false;
  }
  stream.kind = marker;
  stream.precision = big_endian(segment, 4, 1);
  require_grey_data(file, big_endian(segment, 9, 1));
  return big_endian(segment, 5, 2) == static_cast<std::uint32_t>(plan.height) &&
         big_endian(segment, 7, 2) == static_cast<std::uint32_t>(plan.width) && stream.precision >= 2 &&
         stream.precision <= 16;
}

std::optional<JpegStream> bare_stream(std::span<const std::byte> data, const DicomPlan& plan, const EncodedFile& file) {
  if (data.size() < 4 || big_endian(data, 0, 2) != 0xffd8) {
    return {};
  }
  JpegStream stream{.bare = {data.begin(), data.begin() + 2}};
  for (std::size_t at = 2; at + 4 <= data.size();) {
    const std::uint32_t marker = big_endian(data, at + 1, 1);
    const std::size_t length = 2 + big_endian(data, at + 2, 2);
    if (big_endian(data, at, 1) != 0xff || marker < 0xc0 || length < 4 || length > data.size() - at) {
      return {};
    }
    if (marker == kScan) {
      stream.bare.insert(stream.bare.end(), data.begin() + static_cast<std::ptrdiff_t>(at), data.end());
      return stream.kind != 0 ? std::optional(stream) : std::nullopt;
    }
    const auto segment = data.subspan(at, length);
    if (is_frame_marker(marker) && !read_frame_header(segment, marker, plan, file, stream)) {
      return {};
    }
    if (!is_left_out(marker)) {
      stream.bare.insert(stream.bare.end(), segment.begin(), segment.end());
    }
    at += length;
  }
  return {};
}

std::optional<cv::Mat> decode_jpeg_ls(std::span<const std::byte> data, const DicomPlan& plan, const EncodedFile& file) {
  charls::jpegls_decoder decoder;
  decoder.source(data.data(), data.size());
  decoder.read_header();
  const charls::frame_info& frame = decoder.frame_info();
  require_grey_data(file, static_cast<std::uint32_t>(frame.component_count));
  if (frame.width != static_cast<std::uint32_t>(plan.width) ||
      frame.height != static_cast<std::uint32_t>(plan.height) || frame.bits_per_sample > 16) {
    return {};
  }
  cv::Mat pixels(plan.height, plan.width, frame.bits_per_sample <= 8 ? CV_8U : CV_16U);
  decoder.decode(pixels.data, pixels.total() * pixels.elemSize());
  return pixels;
}

}  // namespace

std::optional<cv::Mat> decode_dicom_jpeg(std::span<const std::byte> data, DicomEncoding encoding, const DicomPlan& plan,
                                         const EncodedFile& file) {
  if (encoding == DicomEncoding::jpeg_ls) {
    return decode_jpeg_ls(data, plan, file);
  }
  const auto stream = bare_stream(data, plan, file);
  if (!stream) {
    return {};
  }
  if (stream->precision != 8 || stream->kind > kProgressive) {
    return decode_lossless_jpeg(stream->bare, {plan.width, plan.height}, stream->precision);
  }
  const Raster raster = decode_jpeg({stream->bare, file.shown_name, file.max_megapixels, false});
  return raster.pixels.type() == CV_8UC1 && raster.damage.empty() ? std::optional(raster.pixels) : std::nullopt;
}

std::uint32_t big_endian(std::span<const std::byte> data, std::size_t at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + bytes; ++i) {
    value = value << 8U | std::to_integer<std::uint32_t>(data[i]);
  }
  return value;
}

void require_grey_data(const EncodedFile& file, std::uint32_t channels) {
  if (channels != 1) {
    fail(ErrorCode::unsupported_format, file,
         "is a DICOM file whose compressed data has " + std::to_string(channels) + " colours; only grey is read here");
  }
}

}  // namespace boarddiff::imaging::load
