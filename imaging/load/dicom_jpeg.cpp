// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_jpeg.h"

#include "imaging/load/decoders.h"

#include <gdcmDataElement.h>
#include <gdcmFragment.h>
#include <gdcmJPEGCodec.h>
#include <gdcmJPEGLSCodec.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTrace.h>

#include <cstring>
#include <string>
#include <vector>

namespace boarddiff::imaging::load {
namespace {

// The last bytes of markers.
constexpr std::uint32_t kProgressive = 0xc2;
constexpr std::uint32_t kScan = 0xda;
constexpr std::uint32_t kJpegLs = 0xf7;

// The header of JPEG or JPEG-LS data, and the data without what is of no use for its pixels: comments and
// applications' segments.
struct JpegStream {
  std::uint32_t kind = 0;  // the last byte of its frame's marker
  std::uint32_t precision = 0;
  std::vector<std::byte> bare = {};
};

bool is_frame_marker(std::uint32_t marker) {
  return marker == kJpegLs || (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc);
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

// What GDCM would tell on standard error is told by us, as an Error.
void silence_gdcm() {
  static const bool kIsSilent = [] {
    gdcm::Trace::SetDebug(false);
    gdcm::Trace::SetWarning(false);
    gdcm::Trace::SetError(false);
    return true;
  }();
  static_cast<void>(kIsSilent);
}

gdcm::DataElement pixel_element(std::span<const std::byte> data) {
  gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
#ifndef __clang_analyzer__  // which does not follow GDCM's counts of references, and takes this for freed memory
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char*>(data.data()), gdcm::VL(static_cast<std::uint32_t>(data.size())));
  gdcm::SmartPointer<gdcm::SequenceOfFragments> fragments = new gdcm::SequenceOfFragments;
  fragments->AddFragment(fragment);
  element.SetValue(*fragments);
#endif
  return element;
}

template <typename Codec>
std::optional<cv::Mat> decode_by_gdcm(const JpegStream& stream, const DicomPlan& plan) {
  silence_gdcm();
  const unsigned bits = stream.precision <= 8 ? 8 : stream.precision <= 12 ? 12 : 16;
  const unsigned size[3] = {static_cast<unsigned>(plan.width), static_cast<unsigned>(plan.height), 1};
  Codec codec;
  codec.SetNumberOfDimensions(3);  // with 2, its JPEG-LS loses memory where data is damaged
  codec.SetDimensions(size);
  codec.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  const auto stored = static_cast<unsigned short>(stream.precision);
  codec.SetPixelFormat(
      gdcm::PixelFormat(1, static_cast<unsigned short>(bits), stored, static_cast<unsigned short>(stored - 1), 0));
  gdcm::DataElement unpacked;
  if (!codec.Decode(pixel_element(stream.bare), unpacked) || unpacked.GetByteValue() == nullptr) {
    return {};
  }
  cv::Mat pixels(plan.height, plan.width, bits == 8 ? CV_8U : CV_16U);
  const std::size_t expected = pixels.total() * pixels.elemSize();
  const std::size_t given = unpacked.GetByteValue()->GetLength();
  if (given < expected || given > expected + 1) {  // an odd number of bytes is filled up
    return {};
  }
  std::memcpy(pixels.data, unpacked.GetByteValue()->GetPointer(), expected);
  return pixels;
}

}  // namespace

std::optional<cv::Mat> decode_dicom_jpeg(std::span<const std::byte> data, DicomEncoding encoding, const DicomPlan& plan,
                                         const EncodedFile& file) {
  const auto stream = bare_stream(data, plan, file);
  if (!stream || (stream->kind == kJpegLs) != (encoding == DicomEncoding::jpeg_ls)) {
    return {};
  }
  if (encoding == DicomEncoding::jpeg_ls) {
    return decode_by_gdcm<gdcm::JPEGLSCodec>(*stream, plan);
  }
  if (stream->precision != 8 || stream->kind > kProgressive) {
    return decode_by_gdcm<gdcm::JPEGCodec>(*stream, plan);
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
