// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/text.h"
#include "imaging/load/decoders.h"
#include "imaging/load/orientation.h"
#include "imaging/load/tiff_samples.h"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>

namespace boarddiff::imaging::load {
namespace {

// The file as libtiff reads it, and what libtiff says meanwhile.
struct Memory {
  std::span<const std::byte> bytes = {};
  std::uint64_t position = 0;
  bool reads_pixels = false;
  bool read_past_end = false;
  char damage[256] = {};
  char oddity[256] = {};
};

tmsize_t read_bytes(thandle_t handle, void* into, tmsize_t wanted) {
  Memory& memory = *static_cast<Memory*>(handle);
  const std::uint64_t left = memory.position < memory.bytes.size() ? memory.bytes.size() - memory.position : 0;
  const std::uint64_t length = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(wanted));
  // libtiff reads by offsets and lengths that stand in the file, never ahead: what it asks for should be there.
  memory.read_past_end = memory.read_past_end || length < static_cast<std::uint64_t>(wanted);
  if (length > 0) {
    std::memcpy(into, memory.bytes.data() + memory.position, length);
  }
  memory.position += length;
  return static_cast<tmsize_t>(length);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  Memory& memory = *static_cast<Memory*>(handle);
  const std::uint64_t base = whence == SEEK_CUR ? memory.position : whence == SEEK_END ? memory.bytes.size() : 0;
  memory.position = base + offset;
  return memory.position;
}

int close_nothing(thandle_t) { return 0; }

toff_t size_of(thandle_t handle) { return static_cast<Memory*>(handle)->bytes.size(); }

int on_error(TIFF*, void* user, const char*, const char* format, va_list values) {
  Memory& memory = *static_cast<Memory*>(user);
  if (memory.damage[0] == '\0') {
    std::vsnprintf(memory.damage, sizeof memory.damage, format, values);
  }
  return 1;
}

// While pixels are read, a warning means lost data; only a missing mark at the end of an LZW strip does not.
int on_warning(TIFF*, void* user, const char* module, const char* format, va_list values) {
  Memory& memory = *static_cast<Memory*>(user);
  const bool is_lzw = module != nullptr && std::strncmp(module, "LZW", 3) == 0;
  char(&text)[256] = memory.reads_pixels && !is_lzw ? memory.damage : memory.oddity;
  if (text[0] == '\0') {
    std::vsnprintf(text, sizeof text, format, values);
  }
  return 1;
}

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using OpenTiff = std::unique_ptr<TIFF, TiffCloser>;

struct OptionsFreer {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

OpenTiff open_tiff(Memory& memory) {
  const std::unique_ptr<TIFFOpenOptions, OptionsFreer> options(TIFFOpenOptionsAlloc());
  if (!options) {
    throw std::bad_alloc();
  }
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, &memory);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, &memory);
  // libtiff itself needs no more at once than the largest strip or tile as it lies in the file, or one row.
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(memory.bytes.size()) + (tmsize_t{1} << 28));
  // "m": through the functions above, so that reading past the end is seen.
  return OpenTiff(TIFFClientOpenExt("", "rm", &memory, read_bytes, write_nothing, seek, close_nothing, size_of, nullptr,
                                    nullptr, options.get()));
}

// A tag with one number of 16 bits, or its default.
std::uint16_t tag16(TIFF* tiff, std::uint32_t tag, std::uint16_t otherwise) {
  std::uint16_t value = 0;
  return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

std::uint32_t tag32(TIFF* tiff, std::uint32_t tag) {
  std::uint32_t value = 0;
  return TIFFGetField(tiff, tag, &value) == 1 ? value : 0;
}

struct Plan {
  int width = 0;
  int height = 0;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t alpha = EXTRASAMPLE_UNSPECIFIED;  // its kind; unspecified: there is none
  int channels = 1;                               // colours and alpha
  bool planes = false;                            // each sample in a plane of its own
  bool readable_by_samples = true;                // otherwise libtiff must convert
  SampleLayout layout = {};                       // of all samples of a pixel
};

[[noreturn]] void fail_unsupported(const EncodedFile& file, const std::string& what) {
  fail(ErrorCode::unsupported_format, file, "is a TIFF file of a kind that is not read here: " + what);
}

void check_kind(TIFF* tiff, const EncodedFile& file, const Plan& plan, int samples) {
  constexpr std::array kCompressions{COMPRESSION_NONE, COMPRESSION_LZW,  COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE,
                                     COMPRESSION_JPEG, COMPRESSION_ZSTD, COMPRESSION_PACKBITS};
  const int compression = tag16(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  if (std::ranges::find(kCompressions, compression) == kCompressions.end()) {
    fail_unsupported(file, "compression " + std::to_string(compression));
  }
  if ((tag32(tiff, TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE) != 0) {
    fail_unsupported(file, "its first page is only a preview, as in raw files of cameras");
  }
  const int format = tag16(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  const int bits = plan.layout.bits;
  const bool is_unsigned = (format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID) && bits >= 1 && bits <= 16;
  const bool is_float = format == SAMPLEFORMAT_IEEEFP && bits == 32 && plan.channels == 1;
  constexpr int kMaxSamples = 16;
  if ((!is_unsigned && !is_float) || samples > kMaxSamples) {
    fail_unsupported(file, std::to_string(samples) + " samples of " + std::to_string(bits) + " bits, sample format " +
                               std::to_string(format));
  }
}

int colours_of(std::uint16_t photometric) {
  switch (photometric) {
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_PALETTE:
      return 1;
    case PHOTOMETRIC_SEPARATED:
      return 4;
    default:
      return 3;
  }
}

// JPEG data in YCbCr comes out of libtiff as RGB, when asked.
bool is_jpeg_colour(TIFF* tiff, const Plan& plan) {
  return plan.photometric == PHOTOMETRIC_YCBCR && !plan.planes &&
         tag16(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE) == COMPRESSION_JPEG;
}

bool is_mixed_from_samples(TIFF* tiff, const Plan& plan) {
  switch (plan.photometric) {
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_RGB:
      return true;
    case PHOTOMETRIC_PALETTE:
      return plan.layout.bits <= 8;
    case PHOTOMETRIC_SEPARATED:
      return tag16(tiff, TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK;
    default:
      return is_jpeg_colour(tiff, plan);
  }
}

std::uint16_t alpha_kind(TIFF* tiff) {
  std::uint16_t count = 0;
  std::uint16_t* kinds = nullptr;
  const bool has_extra = TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) == 1 && count > 0;
  return has_extra ? kinds[0] : std::uint16_t{EXTRASAMPLE_UNSPECIFIED};
}

Plan make_plan(TIFF* tiff, const EncodedFile& file) {
  const std::uint32_t width = tag32(tiff, TIFFTAG_IMAGEWIDTH);
  const std::uint32_t height = tag32(tiff, TIFFTAG_IMAGELENGTH);
  check_dimensions(file, width, height);
  const int samples = tag16(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  Plan plan{.width = static_cast<int>(width), .height = static_cast<int>(height)};
  plan.photometric = tag16(tiff, TIFFTAG_PHOTOMETRIC, samples < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  plan.planes = samples > 1 && tag16(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  plan.layout.bits = tag16(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  plan.layout.full_range = plan.photometric != PHOTOMETRIC_PALETTE;
  const int colours = colours_of(plan.photometric);
  const bool has_room = samples > colours && plan.photometric != PHOTOMETRIC_PALETTE && plan.layout.bits <= 16;
  plan.alpha = has_room ? alpha_kind(tiff) : std::uint16_t{EXTRASAMPLE_UNSPECIFIED};
  plan.channels = colours + (plan.alpha == EXTRASAMPLE_UNSPECIFIED ? 0 : 1);
  check_kind(tiff, file, plan, samples);
  if (samples < colours) {
    fail(ErrorCode::damaged_file, file, "is damaged: it has fewer samples than colours");
  }
  plan.readable_by_samples = is_mixed_from_samples(tiff, plan);
  for (int s = 0; s < samples; ++s) {
    const int channel = colours == 3 && s < 3 ? 2 - s : s;
    plan.layout.channel_of_sample.push_back(s < plan.channels ? channel : -1);
  }
  return plan;
}

// One row or tile of one plane at a time goes through this.
struct Plane {
  SampleLayout layout = {};
  std::uint16_t number = 0;
};

std::vector<Plane> planes_of(const Plan& plan) {
  if (!plan.planes) {
    return {{plan.layout, 0}};
  }
  std::vector<Plane> planes;
  for (std::size_t s = 0; s < plan.layout.channel_of_sample.size(); ++s) {
    if (plan.layout.channel_of_sample[s] >= 0) {
      planes.push_back({plan.layout, static_cast<std::uint16_t>(s)});
      planes.back().layout.channel_of_sample = {plan.layout.channel_of_sample[s]};
    }
  }
  return planes;
}

std::vector<std::byte> buffer_for(const EncodedFile& file, std::uint64_t said, std::size_t needed) {
  // Tiles are squares of some hundred pixels; rows end with kMaxSidePx.
  constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 28U;
  if (said < needed || said > kMostBytes) {
    fail(ErrorCode::damaged_file, file, "is damaged: the size of its rows or tiles contradicts its header");
  }
  return std::vector<std::byte>(said);
}

// A strip that cannot be read to its end is marked as a whole, since corrupt data is noticed late; the next strip may
// be good again.
void read_strips(TIFF* tiff, const EncodedFile& file, const Plan& plan, Raster& raster) {
  std::uint32_t strip_rows = tag32(tiff, TIFFTAG_ROWSPERSTRIP);
  strip_rows =
      std::clamp<std::uint32_t>(strip_rows == 0 ? ~0U : strip_rows, 1, static_cast<std::uint32_t>(plan.height));
  for (const Plane& plane : planes_of(plan)) {
    auto row = buffer_for(file, TIFFScanlineSize64(tiff), plane.layout.row_bytes(static_cast<std::size_t>(plan.width)));
    for (int y = 0; y < plan.height; ++y) {
      if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y), plane.number) == 1) {
        unpack_row(plane.layout, row, raster.pixels, {0, y}, plan.width);
        continue;
      }
      const int rows = static_cast<int>(strip_rows);
      const int next_strip = file.accept_damaged ? std::min(plan.height, (y / rows + 1) * rows) : plan.height;
      mark_rows_missing(raster, y / rows * rows, next_strip);
      y = next_strip - 1;
    }
  }
}

void read_tiles(TIFF* tiff, const EncodedFile& file, const Plan& plan, Raster& raster) {
  const std::uint32_t tile_width = tag32(tiff, TIFFTAG_TILEWIDTH);
  const std::uint32_t tile_height = tag32(tiff, TIFFTAG_TILELENGTH);
  constexpr std::uint32_t kMaxTileSide = 1U << 20U;
  if (std::clamp(tile_width, 1U, kMaxTileSide) != tile_width ||
      std::clamp(tile_height, 1U, kMaxTileSide) != tile_height) {
    fail(ErrorCode::damaged_file, file, "is damaged: the size of its tiles is corrupt");
  }
  const cv::Size tile(static_cast<int>(tile_width), static_cast<int>(tile_height));
  const cv::Rect picture(0, 0, plan.width, plan.height);
  for (const Plane& plane : planes_of(plan)) {
    const std::size_t row_bytes = plane.layout.row_bytes(tile_width);
    auto samples = buffer_for(file, TIFFTileSize64(tiff), row_bytes * tile_height);
    for (int y = 0; y < plan.height; y += tile.height) {
      for (int x = 0; x < plan.width; x += tile.width) {
        const cv::Rect seen = cv::Rect({x, y}, tile) & picture;
        if (TIFFReadTile(tiff, samples.data(), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0,
                         plane.number) < 0) {
          mark_rows_missing(raster, 0, 0);
          raster.usable(seen).setTo(0);
          if (!file.accept_damaged) {
            return;
          }
          continue;
        }
        for (int i = 0; i < seen.height; ++i) {
          const auto packed = std::span(samples).subspan(static_cast<std::size_t>(i) * row_bytes, row_bytes);
          unpack_row(plane.layout, packed, raster.pixels, {x, y + i}, seen.width);
        }
      }
    }
  }
}

// Colour models that only libtiff mixes, in 8 bits.
void read_converted(TIFF* tiff, const EncodedFile& file, const Plan& plan, Raster& raster) {
  std::array<char, 1024> reason{};
  if (TIFFRGBAImageOK(tiff, reason.data()) != 1) {
    fail_unsupported(file, printable(reason.data()));
  }
  // libtiff would apply the half of the orientations that need no turn.
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  std::vector<std::uint32_t> rgba(static_cast<std::size_t>(plan.width) * static_cast<std::size_t>(plan.height));
  const int stop_on_error = file.accept_damaged ? 0 : 1;
  TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(plan.width), static_cast<std::uint32_t>(plan.height),
                            rgba.data(), ORIENTATION_TOPLEFT, stop_on_error);
  raster.pixels.create(plan.height, plan.width, CV_8UC3);
  auto source = rgba.begin();
  for (int y = 0; y < plan.height; ++y) {
    for (int x = 0; x < plan.width; ++x, ++source) {
      raster.pixels.at<cv::Vec3b>(y, x) = {static_cast<uchar>(TIFFGetB(*source)), static_cast<uchar>(TIFFGetG(*source)),
                                           static_cast<uchar>(TIFFGetR(*source))};
    }
  }
}

void mix_palette(TIFF* tiff, const EncodedFile& file, const Plan& plan, Raster& raster) {
  std::array<std::uint16_t*, 3> palette{};
  if (TIFFGetField(tiff, TIFFTAG_COLORMAP, &palette[0], &palette[1], &palette[2]) != 1) {
    fail(ErrorCode::damaged_file, file, "is damaged: its palette is missing");
  }
  const std::size_t entries = std::size_t{1} << static_cast<unsigned>(plan.layout.bits);
  raster.pixels = through_palette(raster.pixels, {palette[0], entries}, {palette[1], entries}, {palette[2], entries});
}

void stretch_floats(const EncodedFile& file, Raster& raster) {
  const StretchedFloats floats = stretched(raster.pixels, raster.usable);
  const int finite = cv::countNonZero(floats.finite);
  if (finite == 0) {
    fail(ErrorCode::damaged_file, file, "is damaged: none of its floating-point values is a finite number");
  }
  raster.pixels = floats.pixels;
  if (finite < floats.finite.size().area()) {
    raster.usable = floats.finite;
    raster.notes.emplace_back("Values that are no finite numbers hold no picture.");
  }
  raster.notes.push_back("Floating-point values from " + number_text(floats.least) + " to " + number_text(floats.most) +
                         " were stretched over 16 bits.");
}

// From samples to the colours that they stand for.
void mix_colours(TIFF* tiff, const EncodedFile& file, const Plan& plan, Raster& raster) {
  if (plan.alpha == EXTRASAMPLE_ASSOCALPHA) {
    divide_by_alpha(raster.pixels);
  }
  if (plan.alpha != EXTRASAMPLE_UNSPECIFIED) {
    separate_alpha(raster);
  }
  if (plan.photometric == PHOTOMETRIC_PALETTE) {
    mix_palette(tiff, file, plan, raster);
  }
  if (plan.layout.bits == 32) {
    stretch_floats(file, raster);
  }
  if (plan.photometric == PHOTOMETRIC_MINISWHITE) {
    cv::bitwise_not(raster.pixels, raster.pixels);
  }
}

void read_metadata(TIFF* tiff, Raster& raster) {
  set_orientation(raster, tag16(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT));
  std::uint32_t length = 0;
  void* profile = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &length, &profile) == 1) {
    const auto* begin = static_cast<const std::byte*>(profile);
    raster.icc_profile.assign(begin, begin + length);
  }
  if (TIFFLastDirectory(tiff) == 0) {
    raster.notes.emplace_back("The TIFF file has more pages; only the first was used.");
  }
}

std::string damage_of(const Memory& memory) {
  return memory.damage[0] != '\0' ? printable(memory.damage)
                                  : std::string(memory.read_past_end ? "the file ends too early" : "");
}

}  // namespace

Raster decode_tiff(const EncodedFile& file) {
  Memory memory{.bytes = file.bytes};
  const OpenTiff opened = open_tiff(memory);
  TIFF* tiff = opened.get();
  if (tiff == nullptr) {
    fail(ErrorCode::damaged_file, file, "is damaged: " + damage_of(memory));
  }
  const Plan plan = make_plan(tiff, file);
  if (is_jpeg_colour(tiff, plan)) {
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  }
  Raster raster{.bits_per_channel = plan.layout.bits};
  read_metadata(tiff, raster);
  memory.reads_pixels = true;
  if (plan.readable_by_samples) {
    raster.pixels = cv::Mat::zeros(plan.height, plan.width, CV_MAKETYPE(plan.layout.depth(), plan.channels));
    TIFFIsTiled(tiff) != 0 ? read_tiles(tiff, file, plan, raster) : read_strips(tiff, file, plan, raster);
    mix_colours(tiff, file, plan, raster);
  } else {
    read_converted(tiff, file, plan, raster);
  }
  raster.damage = damage_of(memory);
  if (memory.oddity[0] != '\0') {
    raster.notes.push_back("The TIFF file is odd but complete: " + printable(memory.oddity) + ".");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
