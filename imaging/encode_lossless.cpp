// SPDX-License-Identifier: Apache-2.0
#include "imaging/encode_lossless.h"

#include "imaging/base/error.h"

#include <png.h>
#include <tiffio.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <new>

namespace boarddiff::imaging {
namespace {

// A file in memory that the C libraries write into. All room is there from the start: nothing may throw through them.
struct Sink {
  explicit Sink(const cv::Mat& samples) {
    // Deflate adds a few bytes to what it cannot shrink.
    const std::size_t plain = samples.total() * samples.elemSize();
    bytes.reserve(plain + plain / 64 + 256 * static_cast<std::size_t>(samples.rows) + (std::size_t{1} << 20U));
  }

  bool write(const void* data, std::size_t length) {
    const std::size_t end = position + length;
    if (end > bytes.capacity()) {
      return false;
    }
    bytes.resize(std::max(bytes.size(), end));
    std::memcpy(bytes.data() + position, data, length);
    position = end;
    return true;
  }

  std::string bytes = {};
  std::size_t position = 0;
};

void write_png(png_structp png, png_bytep data, std::size_t length) {
  if (!static_cast<Sink*>(png_get_io_ptr(png))->write(data, length)) {
    png_error(png, "no room");
  }
}

void flush_nothing(png_structp) {}

int png_colour_type(int channels) {
  constexpr int kTypes[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                            PNG_COLOR_TYPE_RGB_ALPHA};
  return kTypes[channels - 1];
}

class PngWriter {
 public:
  PngWriter() : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr)) {
    info_ = png_ != nullptr ? png_create_info_struct(png_) : nullptr;
    if (info_ == nullptr) {
      png_destroy_write_struct(&png_, nullptr);
      throw std::bad_alloc();
    }
  }
  ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;

  // Nothing in here may need a destructor: libpng jumps out of an error.
  bool write(const cv::Mat& samples, Sink& sink) {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    constexpr int kFast = 3;  // half the time of the default, for some percent of size
    png_set_write_fn(png_, &sink, write_png, flush_nothing);
    png_set_compression_level(png_, kFast);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png_, info_, static_cast<png_uint_32>(samples.cols), static_cast<png_uint_32>(samples.rows),
                 static_cast<int>(samples.elemSize1() * 8), png_colour_type(samples.channels()), PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png_, info_);
    if (samples.depth() == CV_16U) {
      png_set_swap(png_);
    }
    for (int y = 0; y < samples.rows; ++y) {
      png_write_row(png_, samples.ptr(y));
    }
    png_write_end(png_, nullptr);
    return true;
  }

 private:
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

tmsize_t write_tiff(thandle_t handle, void* data, tmsize_t length) {
  return static_cast<Sink*>(handle)->write(data, static_cast<std::size_t>(length)) ? length : 0;
}

tmsize_t read_tiff(thandle_t handle, void* data, tmsize_t length) {
  auto& sink = *static_cast<Sink*>(handle);
  const std::size_t rest = sink.bytes.size() - std::min(sink.position, sink.bytes.size());
  const std::size_t count = std::min(rest, static_cast<std::size_t>(length));
  std::memcpy(data, sink.bytes.data() + sink.position, count);
  sink.position += count;
  return static_cast<tmsize_t>(count);
}

toff_t seek_tiff(thandle_t handle, toff_t offset, int whence) {
  auto& sink = *static_cast<Sink*>(handle);
  const std::size_t from = whence == SEEK_CUR ? sink.position : whence == SEEK_END ? sink.bytes.size() : 0;
  sink.position = from + offset;
  return sink.position;
}

int close_nothing(thandle_t) { return 0; }

toff_t size_of_tiff(thandle_t handle) { return static_cast<Sink*>(handle)->bytes.size(); }

void set_tiff_header(TIFF* tiff, const cv::Mat& samples) {
  const int channels = samples.channels();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, samples.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, samples.rows);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(samples.elemSize1() * 8));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, channels < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  constexpr std::uint32_t kStripRows = 64;
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, kStripRows);
  if (channels % 2 == 0) {
    const std::uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
}

}  // namespace

std::string png_bytes(const cv::Mat& samples) {
  Sink sink(samples);
  PngWriter writer;
  require(writer.write(samples, sink), "a picture is written as PNG");
  return std::move(sink.bytes);
}

std::string tiff_bytes(const cv::Mat& samples) {
  Sink sink(samples);
  constexpr std::size_t kMostOfPlainTiff = std::size_t{3} << 30U;  // its offsets have 32 bits
  const bool is_big = samples.total() * samples.elemSize() > kMostOfPlainTiff;
  TIFF* tiff = TIFFClientOpen("picture", is_big ? "w8m" : "wm", &sink, read_tiff, write_tiff, seek_tiff, close_nothing,
                              size_of_tiff, nullptr, nullptr);
  if (tiff == nullptr) {
    throw std::bad_alloc();
  }
  set_tiff_header(tiff, samples);
  bool written = true;
  // libtiff's predictor works in the row that it is given.
  cv::Mat row;
  for (int y = 0; y < samples.rows && written; ++y) {
    samples.row(y).copyTo(row);
    written = TIFFWriteScanline(tiff, row.data, static_cast<std::uint32_t>(y), 0) == 1;
  }
  written = TIFFFlush(tiff) == 1 && written;
  TIFFClose(tiff);
  require(written, "a picture is written as TIFF");
  return std::move(sink.bytes);
}

}  // namespace boarddiff::imaging
