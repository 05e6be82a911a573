// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/decoders.h"
#include "imaging/load/exif.h"
#include "imaging/load/resolution.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <new>

namespace boarddiff::imaging::load {
namespace {

// For one unpacked profile or EXIF block, and for how many odd chunks are kept; libpng's own limits let a file of some
// kilobytes take a gigabyte.
constexpr png_alloc_size_t kMaxChunkBytes = png_alloc_size_t{1} << 24U;
constexpr png_uint_32 kMaxKeptChunks = 100;

// All that survives libpng's jump out of an error.
struct State {
  std::span<const std::byte> unread = {};
  int pass = 0;
  int row = 0;
  bool complete = false;
  char fatal[160] = {};
  char damage[160] = {};
  char oddity[160] = {};
};

void keep_first(char (&kept)[160], const char* text) {
  if (kept[0] == '\0') {
    std::snprintf(kept, sizeof kept, "%s", text);
  }
}

void on_error(png_structp png, png_const_charp text) {
  keep_first(static_cast<State*>(png_get_error_ptr(png))->fatal, text);
  png_longjmp(png, 1);
}

void on_warning(png_structp png, png_const_charp text) {
  State& state = *static_cast<State*>(png_get_error_ptr(png));
  const bool is_damage = std::strstr(text, "CRC error") != nullptr;
  keep_first(is_damage ? state.damage : state.oddity, text);
}

void read_bytes(png_structp png, png_bytep data, std::size_t length) {
  State& state = *static_cast<State*>(png_get_io_ptr(png));
  if (length > state.unread.size()) {
    png_error(png, "the file ends too early");
  }
  std::memcpy(data, state.unread.data(), length);
  state.unread = state.unread.subspan(length);
}

class Decoder {
 public:
  explicit Decoder(const EncodedFile& file) : state{.unread = file.bytes} {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    info = png != nullptr ? png_create_info_struct(png) : nullptr;
    if (info == nullptr) {
      png_destroy_read_struct(&png, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  ~Decoder() { png_destroy_read_struct(&png, &info, nullptr); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Runs a step and says whether libpng came through it. Nothing in the step may need a destructor: the jump out of
  // it skips them.
  template <typename Step>
  bool survives(const Step& step) {
    if (setjmp(png_jmpbuf(png)) != 0) {
      return false;
    }
    step();
    return true;
  }

  State state;
  png_structp png = nullptr;
  png_infop info = nullptr;
};

// Before libpng sees them, so that the limit is ours and named in the message.
void check_header_dimensions(const EncodedFile& file) {
  constexpr std::size_t kHeaderBytes = 8 + 8 + 13 + 4;
  if (file.bytes.size() < kHeaderBytes || std::memcmp(file.bytes.data() + 12, "IHDR", 4) != 0) {
    fail(ErrorCode::damaged_file, file, "is damaged: the PNG header is incomplete");
  }
  const auto* header = reinterpret_cast<png_const_bytep>(file.bytes.data());
  check_dimensions(file, png_get_uint_32(header + 16), png_get_uint_32(header + 20));
}

bool read_header(Decoder& decoder, const EncodedFile& file) {
  return decoder.survives([&] {
    png_structp png = decoder.png;
    png_set_read_fn(png, &decoder.state, read_bytes);
    png_set_chunk_malloc_max(png, kMaxChunkBytes);
    png_set_chunk_cache_max(png, kMaxKeptChunks);
    // Texts unpack to a thousand times their size, and nobody reads them here.
    constexpr char kUnread[] = "tEXt\0zTXt\0iTXt\0sPLT\0hIST";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, reinterpret_cast<png_const_bytep>(kUnread), 5);
    if (file.accept_damaged) {
      png_set_crc_action(png, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
    }
    png_read_info(png, decoder.info);
    png_set_expand(png);
    png_set_bgr(png);
    if (png_get_bit_depth(png, decoder.info) == 16) {
      png_set_swap(png);
    }
    png_set_interlace_handling(png);
    png_read_update_info(png, decoder.info);
  });
}

cv::Mat zeros_for(const Decoder& decoder) {
  const int depth = png_get_bit_depth(decoder.png, decoder.info) == 16 ? CV_16U : CV_8U;
  const int channels = png_get_channels(decoder.png, decoder.info);
  return cv::Mat::zeros(static_cast<int>(png_get_image_height(decoder.png, decoder.info)),
                        static_cast<int>(png_get_image_width(decoder.png, decoder.info)), CV_MAKETYPE(depth, channels));
}

// Rows that lack a pass of an interlaced file count as missing: they show a coarser picture.
void decode_rows(Decoder& decoder, Raster& raster) {
  State& state = decoder.state;
  const bool is_interlaced = png_get_interlace_type(decoder.png, decoder.info) != PNG_INTERLACE_NONE;
  const int passes = is_interlaced ? PNG_INTERLACE_ADAM7_PASSES : 1;
  cv::Mat& pixels = raster.pixels;
  decoder.survives([&] {
    for (state.pass = 0; state.pass < passes; ++state.pass) {
      for (state.row = 0; state.row < pixels.rows; ++state.row) {
        png_read_row(decoder.png, pixels.ptr(state.row), nullptr);
      }
    }
    png_read_end(decoder.png, decoder.info);
    state.complete = true;
  });
  const int decoded_rows = state.pass == passes ? pixels.rows : state.pass == passes - 1 ? state.row : 0;
  if (pixels.channels() % 2 == 0) {
    separate_alpha(raster);
  }
  if (decoded_rows < raster.pixels.rows) {
    mark_rows_missing(raster, decoded_rows, raster.pixels.rows);
  }
  raster.damage = printable(state.complete ? state.damage : state.fatal);
}

void read_metadata(Decoder& decoder, Raster& raster) {
  png_charp name = nullptr;
  png_bytep profile = nullptr;
  png_uint_32 length = 0;
  int compression = 0;
  if (png_get_iCCP(decoder.png, decoder.info, &name, &compression, &profile, &length) != 0) {
    const auto* begin = reinterpret_cast<const std::byte*>(profile);
    raster.icc_profile.assign(begin, begin + length);
  }
  png_uint_32 across = 0;
  png_uint_32 down = 0;
  int unit = PNG_RESOLUTION_UNKNOWN;
  if (png_get_pHYs(decoder.png, decoder.info, &across, &down, &unit) != 0 && unit == PNG_RESOLUTION_METER) {
    state_per_metre(raster.resolution, across, down);
  }
  png_bytep exif = nullptr;
  if (png_get_eXIf_1(decoder.png, decoder.info, &length, &exif) != 0) {
    read_exif(raster, {reinterpret_cast<const std::byte*>(exif), length});
  }
}

}  // namespace

Raster decode_png(const EncodedFile& file) {
  check_header_dimensions(file);
  Decoder decoder(file);
  if (!read_header(decoder, file)) {
    fail(ErrorCode::damaged_file, file, "is damaged: " + printable(decoder.state.fatal));
  }
  Raster raster;
  const auto* header = reinterpret_cast<png_const_bytep>(file.bytes.data());
  raster.bits_per_channel = header[25] == PNG_COLOR_TYPE_PALETTE ? 8 : header[24];
  raster.pixels = zeros_for(decoder);
  decode_rows(decoder, raster);
  read_metadata(decoder, raster);
  if (raster.damage.empty() && decoder.state.oddity[0] != '\0') {
    raster.notes.push_back("The PNG file is odd but complete: " + printable(decoder.state.oddity) + ".");
  }
  if (raster.damage.empty() && !decoder.state.unread.empty()) {
    raster.notes.push_back(std::to_string(decoder.state.unread.size()) +
                           " bytes after the picture's end were ignored.");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
