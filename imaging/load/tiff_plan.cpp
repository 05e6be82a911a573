// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/tiff_plan.h"

#include "imaging/load/tiff_memory.h"

#include <algorithm>
#include <array>

namespace boarddiff::imaging::load {
namespace {

void check_kind(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, int samples) {
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

bool is_mixed_from_samples(TIFF* tiff, const TiffPlan& plan) {
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

}  // namespace

TiffPlan make_plan(TIFF* tiff, const EncodedFile& file) {
  const std::uint32_t width = tag32(tiff, TIFFTAG_IMAGEWIDTH);
  const std::uint32_t height = tag32(tiff, TIFFTAG_IMAGELENGTH);
  check_dimensions(file, width, height);
  const int samples = tag16(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TiffPlan plan{.width = static_cast<int>(width), .height = static_cast<int>(height)};
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

bool is_jpeg_colour(TIFF* tiff, const TiffPlan& plan) {
  return plan.photometric == PHOTOMETRIC_YCBCR && !plan.planes &&
         tag16(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE) == COMPRESSION_JPEG;
}

void fail_unsupported(const EncodedFile& file, const std::string& what) {
  fail(ErrorCode::unsupported_format, file, "is a TIFF file of a kind that is not read here: " + what);
}

}  // namespace boarddiff::imaging::load
