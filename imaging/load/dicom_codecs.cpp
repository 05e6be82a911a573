// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_codecs.h"

#include "imaging/load/dicom_jpeg.h"
#include "imaging/load/dicom_jpeg_2000.h"

#include <cstdint>
#include <exception>
#include <new>
#include <vector>

namespace boarddiff::imaging::load {
namespace {

// One plane of bytes (G.3.2 of the standard): a count below 128 precedes so many bytes and one more, a count above
// precedes one byte that is repeated.
bool unpack_plane(std::span<const std::byte> packed, std::vector<std::uint8_t>& plane) {
  std::size_t filled = 0;
  for (std::size_t at = 0; filled < plane.size();) {
    if (at + 1 >= packed.size()) {
      return false;
    }
    const auto count = std::to_integer<std::size_t>(packed[at++]);
    if (count == 128) {
      continue;
    }
    const bool repeats = count > 128;
    const std::size_t length = repeats ? 257 - count : count + 1;
    if (length > plane.size() - filled || (!repeats && length > packed.size() - at)) {
      return false;
    }
    for (std::size_t i = 0; i < length; ++i) {
      plane[filled++] = std::to_integer<std::uint8_t>(packed[repeats ? at : at + i]);
    }
    at += repeats ? 1 : length;
  }
  return true;
}

// A header of 16 numbers says where the planes begin, of which the first holds the high bytes.
std::optional<cv::Mat> decode_rle(std::span<const std::byte> data, const DicomPlan& plan) {
  constexpr std::size_t kHeader = 64;
  const auto planes = static_cast<std::size_t>(plan.bits_allocated / 8);
  const auto header = [&](std::size_t index) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i > 0; --i) {
      number = number << 8U | std::to_integer<std::uint32_t>(data[4 * index + i - 1]);
    }
    return number;
  };
  if (data.size() < kHeader || header(0) != planes) {
    return {};
  }
  cv::Mat pixels = cv::Mat::zeros(plan.height, plan.width, planes == 1 ? CV_8U : CV_16U);
  std::vector<std::uint8_t> plane(pixels.total());
  for (std::size_t i = 0; i < planes; ++i) {
    const std::size_t start = header(1 + i);
    if (start < kHeader || start > data.size() || !unpack_plane(data.subspan(start), plane)) {
      return {};
    }
    for (std::size_t p = 0; p < plane.size(); ++p) {
      if (planes == 1) {
        pixels.data[p] = plane[p];
      } else {
        auto& pixel = pixels.ptr<std::uint16_t>()[p];
        pixel = static_cast<std::uint16_t>(pixel << 8U | plane[p]);
      }
    }
  }
  return pixels;
}

// The marker that ends data of all kinds of JPEG, before what fills up an even number. Without it the codecs make up
// what is missing.
bool has_end(std::span<const std::byte> data) {
  while (!data.empty() && data.back() == std::byte{0}) {
    data = data.first(data.size() - 1);
  }
  return data.size() >= 2 && big_endian(data, data.size() - 2, 2) == 0xffd9;
}

std::optional<cv::Mat> decoded(std::span<const std::byte> data, DicomEncoding encoding, const DicomPlan& plan,
                               const EncodedFile& file) {
  if (encoding != DicomEncoding::rle && !has_end(data)) {
    return {};
  }
  switch (encoding) {
    case DicomEncoding::rle:
      return decode_rle(data, plan);
    case DicomEncoding::jpeg:
    case DicomEncoding::jpeg_ls:
      return decode_dicom_jpeg(data, encoding, plan, file);
    case DicomEncoding::jpeg_2000:
      return decode_dicom_jpeg_2000(data, plan, file);
    case DicomEncoding::native:
      break;
  }
  return {};
}

}  // namespace

std::optional<cv::Mat> decode_dicom_frame(std::span<const std::byte> data, DicomEncoding encoding,
                                          const DicomPlan& plan, const EncodedFile& file) {
  try {
    return decoded(data, encoding, plan, file);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_file) {
      throw;
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // by CharLS, about the data
  }
  return {};
}

}  // namespace boarddiff::imaging::load
