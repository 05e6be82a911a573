// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/decoders.h"
#include "imaging/load/exif.h"
#include "imaging/load/resolution.h"

#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace boarddiff::imaging::load {
namespace {

// Encoders write about 10 scans and at most 64 a component; hundreds of nearly empty ones are made to cost time.
constexpr int kMaxScans = 200;

// libjpeg's warnings: which of them lose nothing of the picture. All others mean that data is missing or corrupt.
bool is_harmless(int message_code, bool in_header) {
  switch (message_code) {
    case JWRN_ADOBE_XFORM:     // the colour model is then guessed from the components, as for files without the mark
    case JWRN_BOGUS_ICC:       // the colours stay as they are
    case JWRN_JFIF_MAJOR:      // a revision number that nothing depends on
    case JWRN_NOT_SEQUENTIAL:  // parameters that a sequential scan does not use; some cameras leave them 0
      return true;
    case JWRN_EXTRANEOUS_DATA:  // filling between the segments of the header; behind it, picture data
      return in_header;
    default:
      return false;
  }
}

// libjpeg knows one way out of an error: a jump past its frames. This is all that survives the jump.
struct Warnings {
  std::jmp_buf escape = {};
  bool in_header = true;
  bool lacks_scans = false;
  int fatal_code = 0;
  int first_missing_group = -1;  // of rows, in a file that ends too early
  char fatal[JMSG_LENGTH_MAX] = {};
  char damage[JMSG_LENGTH_MAX] = {};
  char oddity[JMSG_LENGTH_MAX] = {};
};

Warnings& warnings_of(j_common_ptr codec) { return *static_cast<Warnings*>(codec->client_data); }

void on_fatal_error(j_common_ptr codec) {
  Warnings& warnings = warnings_of(codec);
  warnings.fatal_code = codec->err->msg_code;
  codec->err->format_message(codec, warnings.fatal);
  std::longjmp(warnings.escape, 1);
}

void on_message(j_common_ptr codec, int level) {
  if (level >= 0) {
    return;  // a trace message
  }
  codec->err->num_warnings++;
  Warnings& warnings = warnings_of(codec);
  char* text = is_harmless(codec->err->msg_code, warnings.in_header) ? warnings.oddity : warnings.damage;
  if (text[0] == '\0') {
    codec->err->format_message(codec, text);
  }
  if (warnings.first_missing_group >= 0 || !codec->is_decompressor) {
    return;
  }
  const auto* decompressor = reinterpret_cast<j_decompress_ptr>(codec);
  // After a marker that comes too early only zeros follow, unless restart markers let the decoder find its way back.
  const bool ends_here = codec->err->msg_code == JWRN_JPEG_EOF ||
                         (codec->err->msg_code == JWRN_HIT_MARKER && decompressor->restart_interval == 0);
  if (ends_here) {
    warnings.first_missing_group = static_cast<int>(decompressor->input_iMCU_row);
  }
}

void print_nothing(j_common_ptr) {}

void limit_scans(j_common_ptr codec) {
  if (reinterpret_cast<j_decompress_ptr>(codec)->input_scan_number > kMaxScans) {
    Warnings& warnings = warnings_of(codec);
    std::snprintf(warnings.fatal, sizeof warnings.fatal, "more than %d scans", kMaxScans);
    std::longjmp(warnings.escape, 1);
  }
}

class Decoder {
 public:
  Decoder() {
    codec.err = jpeg_std_error(&errors_);
    errors_.error_exit = on_fatal_error;
    errors_.emit_message = on_message;
    errors_.output_message = print_nothing;
    codec.client_data = &warnings;
    progress_.progress_monitor = limit_scans;
  }
  ~Decoder() { jpeg_destroy_decompress(&codec); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Runs a step and says whether libjpeg came through it. Nothing in the step may need a destructor: the jump out of
  // it skips them.
  template <typename Step>
  bool survives(const Step& step) {
    if (setjmp(warnings.escape) != 0) {
      return false;
    }
    step();
    return true;
  }

  bool open(const EncodedFile& file) {
    return survives([&] {
      jpeg_create_decompress(&codec);
      codec.progress = &progress_;
      jpeg_mem_src(&codec, reinterpret_cast<const unsigned char*>(file.bytes.data()), file.bytes.size());
      jpeg_save_markers(&codec, JPEG_APP0 + 1, 0xFFFF);
      jpeg_save_markers(&codec, JPEG_APP0 + 2, 0xFFFF);
      jpeg_read_header(&codec, TRUE);
      warnings.in_header = false;
    });
  }

  jpeg_decompress_struct codec = {};
  Warnings warnings = {};

 private:
  jpeg_error_mgr errors_ = {};
  jpeg_progress_mgr progress_ = {};
};

[[noreturn]] void fail_without_picture(const EncodedFile& file, const Decoder& decoder) {
  // libjpeg refuses sides above 65500 itself, and by then knows them.
  if (decoder.codec.image_width > 0 && decoder.codec.image_height > 0) {
    check_dimensions(file, decoder.codec.image_width, decoder.codec.image_height);
  }
  const std::string reason = decoder.warnings.fatal;
  switch (decoder.warnings.fatal_code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
      fail(ErrorCode::unsupported_format, file, "is a JPEG file of a kind that is not read here: " + reason);
    case JERR_IMAGE_TOO_BIG:
      fail(ErrorCode::too_large, file, reason);
    default:
      fail(ErrorCode::damaged_file, file, "is damaged: " + reason);
  }
}

// JFIF counts units otherwise than TIFF and EXIF do.
void read_jfif_density(const jpeg_decompress_struct& codec, Raster& raster) {
  constexpr unsigned kDotsPerInch = 1;
  constexpr unsigned kDotsPerCentimetre = 2;
  if (codec.saw_JFIF_marker && (codec.density_unit == kDotsPerInch || codec.density_unit == kDotsPerCentimetre)) {
    state_in_tiff_unit(raster.resolution, codec.X_density, codec.Y_density, codec.density_unit + 1U);
  }
}

void read_metadata(Decoder& decoder, Raster& raster) {
  read_jfif_density(decoder.codec, raster);
  constexpr std::string_view kExif("Exif\0\0", 6);
  for (auto marker = decoder.codec.marker_list; marker != nullptr; marker = marker->next) {
    const std::span<const std::byte> data(reinterpret_cast<const std::byte*>(marker->data), marker->data_length);
    if (marker->marker == JPEG_APP0 + 1 && data.size() > kExif.size() &&
        std::memcmp(data.data(), kExif.data(), kExif.size()) == 0) {
      read_exif(raster, data);
      break;
    }
  }
  JOCTET* profile = nullptr;
  unsigned length = 0;
  if (decoder.survives([&] { jpeg_read_icc_profile(&decoder.codec, &profile, &length); }) && profile != nullptr) {
    const auto* begin = reinterpret_cast<const std::byte*>(profile);
    raster.icc_profile.assign(begin, begin + length);
  }
  std::free(profile);
}

int choose_colours(jpeg_decompress_struct& codec) {
  switch (codec.jpeg_color_space) {
    case JCS_GRAYSCALE:
      codec.out_color_space = JCS_GRAYSCALE;
      return 1;
    case JCS_CMYK:
    case JCS_YCCK:
      codec.out_color_space = JCS_CMYK;
      return 4;
    default:
      codec.out_color_space = JCS_EXT_BGR;
      return 3;
  }
}

// Scans that never came leave no warning: a progressive file can end properly after the first of them.
bool lacks_scans(const jpeg_decompress_struct& codec) {
  for (int i = 0; i < codec.num_components; ++i) {
    if (codec.comp_info[i].quant_table == nullptr) {
      return true;
    }
    if (codec.progressive_mode && codec.coef_bits != nullptr &&
        std::any_of(codec.coef_bits[i], codec.coef_bits[i] + DCTSIZE2, [](int missing) { return missing != 0; })) {
      return true;
    }
  }
  return false;
}

void decode_rows(Decoder& decoder, Raster& raster) {
  jpeg_decompress_struct& codec = decoder.codec;
  cv::Mat& pixels = raster.pixels;
  const bool finished = decoder.survives([&] {
    jpeg_start_decompress(&codec);
    while (codec.output_scanline < codec.output_height) {
      JSAMPROW row = pixels.ptr(static_cast<int>(codec.output_scanline));
      jpeg_read_scanlines(&codec, &row, 1);
    }
    decoder.warnings.lacks_scans = lacks_scans(codec);
    jpeg_finish_decompress(&codec);
  });
  const Warnings& warnings = decoder.warnings;
  raster.damage = finished ? warnings.damage : warnings.fatal;
  if (warnings.lacks_scans && raster.damage.empty()) {
    raster.damage = "scans that complete the picture are missing";
  }
  int decoded_rows = finished ? pixels.rows : static_cast<int>(codec.output_scanline);
  // With several scans, every row has something from the first of them.
  if (warnings.first_missing_group >= 0 && codec.input_scan_number <= 1) {
    decoded_rows = std::min(decoded_rows, warnings.first_missing_group * codec.max_v_samp_factor * DCTSIZE);
  }
  if (decoded_rows < pixels.rows) {
    mark_rows_missing(raster, decoded_rows, pixels.rows);
  }
}

}  // namespace

Raster decode_jpeg(const EncodedFile& file) {
  Decoder decoder;
  if (!decoder.open(file)) {
    fail_without_picture(file, decoder);
  }
  jpeg_decompress_struct& codec = decoder.codec;
  check_dimensions(file, codec.image_width, codec.image_height);
  const int channels = choose_colours(codec);
  const bool is_inverted = channels == 4 && codec.saw_Adobe_marker;
  Raster raster;
  raster.pixels =
      cv::Mat::zeros(static_cast<int>(codec.image_height), static_cast<int>(codec.image_width), CV_8UC(channels));
  read_metadata(decoder, raster);
  decode_rows(decoder, raster);
  if (decoder.warnings.fatal_code == JERR_CONVERSION_NOTIMPL) {
    fail_without_picture(file, decoder);
  }
  if (is_inverted) {
    cv::bitwise_not(raster.pixels, raster.pixels);
  }
  if (raster.damage.empty() && decoder.warnings.oddity[0] != '\0') {
    raster.notes.push_back("The JPEG file is odd but complete: " + printable(decoder.warnings.oddity) + ".");
  }
  if (raster.damage.empty() && codec.src->bytes_in_buffer > 0) {
    raster.notes.push_back(std::to_string(codec.src->bytes_in_buffer) + " bytes after the picture's end were ignored.");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
