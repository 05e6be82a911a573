// SPDX-License-Identifier: Apache-2.0
#include "tests/support/image_bytes.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace boarddiff::test {
namespace {

std::string big_endian(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) {
    text += static_cast<char>(value >> (8 * i) & 255U);
  }
  return text;
}

std::string little_endian(std::uint32_t value, int bytes) {
  std::string text = big_endian(value, bytes);
  std::ranges::reverse(text);
  return text;
}

std::uint32_t png_checksum(const std::string& text) {
  std::uint32_t sum = 0xffffffffU;
  for (const char character : text) {
    sum ^= static_cast<std::uint8_t>(character);
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~sum;
}

std::string png_chunk(const std::string& type, const std::string& payload) {
  return big_endian(static_cast<std::uint32_t>(payload.size()), 4) + type + payload +
         big_endian(png_checksum(type + payload), 4);
}

// The file that libtiff writes into.
struct Growing {
  std::string bytes = {};
  std::size_t position = 0;
};

tmsize_t read_back(thandle_t handle, void* into, tmsize_t wanted) {
  auto& file = *static_cast<Growing*>(handle);
  const std::size_t length =
      std::min(static_cast<std::size_t>(wanted), file.bytes.size() - std::min(file.position, file.bytes.size()));
  std::memcpy(into, file.bytes.data() + file.position, length);
  file.position += length;
  return static_cast<tmsize_t>(length);
}

tmsize_t write(thandle_t handle, void* from, tmsize_t length) {
  auto& file = *static_cast<Growing*>(handle);
  file.bytes.resize(std::max(file.bytes.size(), file.position + static_cast<std::size_t>(length)));
  std::memcpy(file.bytes.data() + file.position, from, static_cast<std::size_t>(length));
  file.position += static_cast<std::size_t>(length);
  return length;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& file = *static_cast<Growing*>(handle);
  file.position = (whence == SEEK_CUR ? file.position : whence == SEEK_END ? file.bytes.size() : 0) + offset;
  return file.position;
}

int close(thandle_t) { return 0; }
toff_t size(thandle_t handle) { return static_cast<Growing*>(handle)->bytes.size(); }

TIFF* open_for_writing(Growing& file, const char* mode) {
  TIFF* tiff = TIFFClientOpen("test", mode, &file, read_back, write, seek, close, size, nullptr, nullptr);
  if (tiff == nullptr) {
    throw std::runtime_error("libtiff cannot write to memory");
  }
  return tiff;
}

void require_written(bool written) {
  if (!written) {
    throw std::runtime_error("libtiff cannot write this test picture");
  }
}

void set_header(TIFF* tiff, const cv::Mat& samples, const TiffWriting& writing) {
  const int channels = samples.channels();
  const int photometric = writing.photometric >= 0 ? writing.photometric : channels < 3 ? 1 : 2;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, samples.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, samples.rows);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(samples.elemSize1() * 8));
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, samples.depth() == CV_32F ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, writing.planes ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, writing.compression);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, writing.orientation);
  if (photometric == PHOTOMETRIC_YCBCR) {
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  }
  if (writing.extra_sample >= 0) {
    const auto kind = static_cast<std::uint16_t>(writing.extra_sample);
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  if (!writing.icc_profile.empty()) {
    TIFFSetField(tiff, TIFFTAG_ICCPROFILE, static_cast<std::uint32_t>(writing.icc_profile.size()),
                 writing.icc_profile.data());
  }
  if (writing.tile_side > 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, writing.tile_side);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, writing.tile_side);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, writing.rows_per_strip);
  }
}

void write_plane(TIFF* tiff, const cv::Mat& plane, int tile_side, std::uint16_t number) {
  if (tile_side == 0) {
    for (int y = 0; y < plane.rows; ++y) {
      cv::Mat row = plane.row(y).clone();
      require_written(TIFFWriteScanline(tiff, row.data, static_cast<std::uint32_t>(y), number) == 1);
    }
    return;
  }
  for (int y = 0; y < plane.rows; y += tile_side) {
    for (int x = 0; x < plane.cols; x += tile_side) {
      cv::Mat tile = cv::Mat::zeros(tile_side, tile_side, plane.type());
      const cv::Rect seen = cv::Rect(x, y, tile_side, tile_side) & cv::Rect({0, 0}, plane.size());
      plane(seen).copyTo(tile(cv::Rect({0, 0}, seen.size())));
      require_written(
          TIFFWriteTile(tiff, tile.data, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, number) >= 0);
    }
  }
}

void write_page(TIFF* tiff, const cv::Mat& samples, const TiffWriting& writing) {
  set_header(tiff, samples, writing);
  if (!writing.planes) {
    write_plane(tiff, samples, writing.tile_side, 0);
    return;
  }
  std::vector<cv::Mat> planes;
  cv::split(samples, planes);
  for (std::size_t i = 0; i < planes.size(); ++i) {
    write_plane(tiff, planes[i], writing.tile_side, static_cast<std::uint16_t>(i));
  }
}

}  // namespace

cv::Mat test_picture(const cv::Size& picture_size, int type) {
  cv::Mat3b colours(picture_size);
  for (int y = 0; y < picture_size.height; ++y) {
    for (int x = 0; x < picture_size.width; ++x) {
      colours(y, x) = {static_cast<uchar>(40 + 150 * x / picture_size.width),
                       static_cast<uchar>(60 + 120 * y / picture_size.height),
                       static_cast<uchar>(80 + 100 * (x + y) / (picture_size.width + picture_size.height))};
    }
  }
  const cv::Size part(std::max(1, picture_size.width / 4), std::max(1, picture_size.height / 5));
  colours(cv::Rect({0, 0}, part)).setTo(cv::Scalar(20, 30, 200));
  colours(cv::Rect({picture_size.width / 2, picture_size.height / 2}, part)).setTo(cv::Scalar(210, 190, 40));
  cv::Mat picture = colours;
  if (CV_MAT_CN(type) == 1) {
    cv::cvtColor(colours, picture, cv::COLOR_BGR2GRAY);
  }
  cv::Mat result;
  // A factor that is no multiple of 257, so that the lower 8 of 16 bits say something.
  picture.convertTo(result, CV_MAT_DEPTH(type), CV_MAT_DEPTH(type) == CV_16U ? 251.3 : 1);
  return result;
}

std::string encoded(const cv::Mat& pixels, const std::string& extension, const std::vector<int>& parameters) {
  std::vector<uchar> bytes;
  if (!cv::imencode(extension, pixels, bytes, parameters)) {
    throw std::runtime_error("cannot encode a test picture as " + extension);
  }
  return {bytes.begin(), bytes.end()};
}

std::span<const std::byte> as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string exif_block(std::uint16_t orientation) {
  return std::string("Exif\0\0II*\0", 10) + little_endian(8, 4) + little_endian(1, 2) + little_endian(0x112, 2) +
         little_endian(3, 2) + little_endian(1, 4) + little_endian(orientation, 4) + little_endian(0, 4);
}

std::string with_jpeg_segment(const std::string& jpeg, std::uint8_t marker, const std::string& payload) {
  std::string segment = "\xff";
  segment += static_cast<char>(marker);
  segment += big_endian(static_cast<std::uint32_t>(payload.size() + 2), 2);
  return jpeg.substr(0, 2) + segment + payload + jpeg.substr(2);
}

std::string with_png_chunk(const std::string& png, const std::string& type, const std::string& payload) {
  constexpr std::size_t kAfterHeader = 8 + 12 + 13;
  return png.substr(0, kAfterHeader) + png_chunk(type, payload) + png.substr(kAfterHeader);
}

std::string with_webp_chunk(const std::string& webp, const std::string& type, const std::string& payload) {
  // A simple file becomes an extended one: VP8X says the canvas, here read from a decoder, and which chunks there are.
  const cv::Mat pixels = cv::imdecode(std::vector<uchar>(webp.begin(), webp.end()), cv::IMREAD_UNCHANGED);
  std::string chunks = "VP8X" + little_endian(10, 4) + little_endian(type == "ICCP" ? 0x20 : 0x08, 4) +
                       little_endian(static_cast<std::uint32_t>(pixels.cols - 1), 3) +
                       little_endian(static_cast<std::uint32_t>(pixels.rows - 1), 3);
  const std::string added = type + little_endian(static_cast<std::uint32_t>(payload.size()), 4) + payload +
                            std::string(payload.size() % 2, '\0');
  chunks += type == "ICCP" ? added + webp.substr(12) : webp.substr(12) + added;
  return "RIFF" + little_endian(static_cast<std::uint32_t>(chunks.size() + 4), 4) + "WEBP" + chunks;
}

std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  const std::string header = big_endian(width, 4) + big_endian(height, 4) + std::string("\x08\0\0\0\0", 5);
  return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header) + png_chunk("IDAT", "x") + png_chunk("IEND", "");
}

std::string bmp_claiming(std::int32_t width, std::int32_t height) {
  return "BM" + little_endian(70, 4) + little_endian(0, 4) + little_endian(54, 4) + little_endian(40, 4) +
         little_endian(static_cast<std::uint32_t>(width), 4) + little_endian(static_cast<std::uint32_t>(height), 4) +
         little_endian(1, 2) + little_endian(24, 2) + std::string(24, '\0') + std::string(16, 'x');
}

std::string jpeg_claiming(std::uint16_t width, std::uint16_t height) {
  std::string jpeg = encoded(cv::Mat1b::zeros(8, 8), ".jpg");
  const std::size_t frame = jpeg.find("\xff\xc0");
  return jpeg.replace(frame + 5, 4, big_endian(height, 2) + big_endian(width, 2));
}

std::string tiff_bytes(const cv::Mat& samples, const TiffWriting& writing) {
  Growing file;
  TIFF* tiff = open_for_writing(file, writing.big ? "w8" : "w");
  write_page(tiff, samples, writing);
  TIFFClose(tiff);
  return file.bytes;
}

std::string packed_tiff_bytes(const cv::Mat1w& values, int bits, const std::vector<std::uint16_t>& palette) {
  Growing file;
  TIFF* tiff = open_for_writing(file, "w");
  set_header(tiff, cv::Mat1b(values.size()), {.rows_per_strip = values.rows});
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  std::vector<std::uint16_t> colours = palette;
  if (const std::size_t entries = colours.size() / 3; entries > 0) {
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_PALETTE);
    TIFFSetField(tiff, TIFFTAG_COLORMAP, &colours[0], &colours[entries], &colours[2 * entries]);
  }
  for (int y = 0; y < values.rows; ++y) {
    std::string row(static_cast<std::size_t>(values.cols * bits + 7) / 8, '\0');
    for (int bit = 0; bit < values.cols * bits; ++bit) {
      const int value = values(y, bit / bits) >> (bits - 1 - bit % bits) & 1;
      char& byte = row[static_cast<std::size_t>(bit / 8)];
      byte = static_cast<char>(byte | value << (7 - bit % 8));
    }
    if (bits == 16) {
      std::memcpy(row.data(), values.ptr(y), row.size());
    }
    require_written(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1);
  }
  TIFFClose(tiff);
  return file.bytes;
}

std::string two_page_tiff_bytes(const cv::Mat& first, const cv::Mat& second) {
  Growing file;
  TIFF* tiff = open_for_writing(file, "w");
  write_page(tiff, first, {});
  TIFFWriteDirectory(tiff);
  write_page(tiff, second, {});
  TIFFClose(tiff);
  return file.bytes;
}

}  // namespace boarddiff::test
