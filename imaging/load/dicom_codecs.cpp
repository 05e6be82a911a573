// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/dicom_codecs.h"

#include "imaging/load/dicom_jpeg.h"

#include <opencv2/imgcodecs.hpp>

#include <cstdint>
#include <exception>
#include <initializer_list>
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

// A file around the data that says that it is grey; without it OpenCV warns on standard error that it has to guess.
std::vector<uchar> jp2_file(std::span<const std::byte> data, const DicomPlan& plan, std::uint32_t bits) {
  std::vector<uchar> file;
  const auto append = [&](std::uint32_t number, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) {
      file.push_back(static_cast<uchar>(number >> static_cast<unsigned>(8 * i) & 255U));
    }
  };
  const auto append_all = [&](std::initializer_list<std::uint32_t> numbers) {
    for (const std::uint32_t number : numbers) {
      append(number, 4);
    }
  };
  constexpr std::uint32_t kSignature = 0x6a502020;  // "jP  ", then "ftyp" with "jp2 ", "jp2h" with "ihdr" and "colr"
  append_all({12, kSignature, 0x0d0a870a, 20, 0x66747970, 0x6a703220, 0, 0x6a703220, 45, 0x6a703268, 22, 0x69686472});
  append_all({static_cast<std::uint32_t>(plan.height), static_cast<std::uint32_t>(plan.width)});
  append(1, 2);         // channels
  append(bits - 1, 1);  // unsigned
  append(7, 1);         // wavelets
  append(0, 2);
  append_all({15, 0x636f6c72});
  append(0x010000, 3);  // by number
  constexpr std::uint32_t kGrey = 17;
  append_all({kGrey, 0, 0x6a703263});  // "jp2c", up to the end
  const auto* begin = reinterpret_cast<const uchar*>(data.data());
  file.insert(file.end(), begin, begin + data.size());
  return file;
}

// By OpenCV: GDCM ends the program by an assertion where such data is damaged.
std::optional<cv::Mat> decode_jpeg_2000(std::span<const std::byte> data, const DicomPlan& plan,
                                        const EncodedFile& file) {
  constexpr std::size_t kHeader = 45;  // to the description of the first channel
  constexpr std::size_t kMostBytes = std::size_t{1} << 30U;
  if (data.size() < kHeader || data.size() > kMostBytes || big_endian(data, 0, 4) != 0xff4fff51U) {
    return {};
  }
  require_grey_data(file, big_endian(data, 40, 2));
  const std::uint32_t bits = big_endian(data, 42, 1) + 1;
  if (bits > 16) {
    fail(ErrorCode::unsupported_format, file,
         "is a DICOM file whose JPEG 2000 data is signed or of more than 16 bits, which is not read here");
  }
  if (big_endian(data, 8, 4) - big_endian(data, 16, 4) != static_cast<std::uint32_t>(plan.width) ||
      big_endian(data, 12, 4) - big_endian(data, 20, 4) != static_cast<std::uint32_t>(plan.height)) {
    return {};
  }
  const cv::Mat pixels = cv::imdecode(jp2_file(data, plan, bits), cv::IMREAD_UNCHANGED);
  const bool is_whole = pixels.size() == cv::Size(plan.width, plan.height) && pixels.channels() == 1;
  return is_whole && pixels.depth() == (bits > 8 ? CV_16U : CV_8U) ? std::optional(pixels) : std::nullopt;
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
      return decode_jpeg_2000(data, plan, file);
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
  } catch (const std::exception&) {  // by GDCM or OpenCV, about the data
  }
  return {};
}

}  // namespace boarddiff::imaging::load
