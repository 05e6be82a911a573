// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/decoders.h"
#include "imaging/load/float_pixels.h"
#include "imaging/load/orientation.h"
#include "imaging/load/resolution.h"
#include "imaging/load/tiff_memory.h"
#include "imaging/load/tiff_plan.h"
#include "imaging/load/tiff_samples.h"

#include <tiffio.h>

#include <algorithm>
#include <array>

namespace boarddiff::imaging::load {
namespace {

// One row or tile of one plane at a time goes through this.
struct Plane {
  SampleLayout layout = {};
  std::uint16_t number = 0;
};

std::vector<Plane> planes_of(const TiffPlan& plan) {
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
void read_strips(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, Raster& raster) {
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

cv::Size tile_size(TIFF* tiff, const EncodedFile& file) {
  const std::uint32_t tile_width = tag32(tiff, TIFFTAG_TILEWIDTH);
  const std::uint32_t tile_height = tag32(tiff, TIFFTAG_TILELENGTH);
  constexpr std::uint32_t kMaxTileSide = 1U << 20U;
  if (std::clamp(tile_width, 1U, kMaxTileSide) != tile_width ||
      std::clamp(tile_height, 1U, kMaxTileSide) != tile_height) {
    fail(ErrorCode::damaged_file, file, "is damaged: the size of its tiles is corrupt");
  }
  return {static_cast<int>(tile_width), static_cast<int>(tile_height)};
}

void read_tiles(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, Raster& raster) {
  const cv::Size tile = tile_size(tiff, file);
  const cv::Rect picture(0, 0, plan.width, plan.height);
  for (const Plane& plane : planes_of(plan)) {
    const std::size_t row_bytes = plane.layout.row_bytes(static_cast<std::size_t>(tile.width));
    auto samples = buffer_for(file, TIFFTileSize64(tiff), row_bytes * static_cast<std::size_t>(tile.height));
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
void read_converted(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, Raster& raster) {
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

void mix_palette(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, Raster& raster) {
  std::array<std::uint16_t*, 3> palette{};
  if (TIFFGetField(tiff, TIFFTAG_COLORMAP, &palette[0], &palette[1], &palette[2]) != 1) {
    fail(ErrorCode::damaged_file, file, "is damaged: its palette is missing");
  }
  const std::size_t entries = std::size_t{1} << static_cast<unsigned>(plan.layout.bits);
  raster.pixels = through_palette(raster.pixels, {palette[0], entries}, {palette[1], entries}, {palette[2], entries});
}

// From samples to the colours that they stand for.
void mix_colours(TIFF* tiff, const EncodedFile& file, const TiffPlan& plan, Raster& raster) {
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
    if (!raster.values.is_plain()) {  // of whole numbers their share of white counts
      raster.values = raster.values.inverted(65535);
    }
  }
}

// The EXIF directory replaces the picture's in libtiff, hence a reader of its own.
bool is_of_camera(TIFF* tiff, const EncodedFile& file) {
  toff_t offset = 0;
  if (TIFFGetField(tiff, TIFFTAG_EXIFIFD, &offset) != 1) {
    return false;
  }
  TiffMemory memory{.bytes = file.bytes};
  const OpenTiff opened = open_tiff(memory);
  if (!opened || TIFFReadEXIFDirectory(opened.get(), offset) != 1) {
    return true;  // whatever wrote it, a scanner's resolution cannot be told from a camera's
  }
  float value = 0;
  std::uint16_t count = 0;
  void* values = nullptr;
  return TIFFGetField(opened.get(), EXIFTAG_EXPOSURETIME, &value) == 1 ||
         TIFFGetField(opened.get(), EXIFTAG_FNUMBER, &value) == 1 ||
         TIFFGetField(opened.get(), EXIFTAG_FOCALLENGTH, &value) == 1 ||
         TIFFGetField(opened.get(), EXIFTAG_SHUTTERSPEEDVALUE, &value) == 1 ||
         TIFFGetField(opened.get(), EXIFTAG_APERTUREVALUE, &value) == 1 ||
         TIFFGetField(opened.get(), EXIFTAG_ISOSPEEDRATINGS, &count, &values) == 1;
}

void read_resolution(TIFF* tiff, const EncodedFile& file, Raster& raster) {
  float across = 0;
  float down = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &across) == 1 && TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &down) == 1) {
    state_in_tiff_unit(raster.resolution, across, down, tag16(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH));
    raster.resolution.by_camera = is_of_camera(tiff, file);
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
}

// Makes the page that is wanted the one that is read. Says so where there are others.
std::string choose_page(TIFF* tiff, const EncodedFile& file, const TiffMemory& memory) {
  if (TIFFLastDirectory(tiff) != 0) {
    return {};
  }
  if (file.frame <= 1) {
    return "The TIFF file has more pages; only the first was used.";
  }
  const int pages = TIFFNumberOfDirectories(tiff);
  require_frame(file, pages, "pages");
  if (TIFFSetDirectory(tiff, static_cast<tdir_t>(file.frame - 1)) != 1) {
    fail(ErrorCode::damaged_file, file, "is damaged: " + damage_of(memory));
  }
  return "Page " + std::to_string(file.frame) + " of " + std::to_string(pages) + " was used (--load.frame).";
}

}  // namespace

Raster decode_tiff(const EncodedFile& file) {
  TiffMemory memory{.bytes = file.bytes};
  const OpenTiff opened = open_tiff(memory);
  TIFF* tiff = opened.get();
  if (tiff == nullptr) {
    fail(ErrorCode::damaged_file, file, "is damaged: " + damage_of(memory));
  }
  const std::string on_pages = choose_page(tiff, file, memory);
  const TiffPlan plan = make_plan(tiff, file);
  if (is_jpeg_colour(tiff, plan)) {
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  }
  Raster raster{.bits_per_channel = plan.layout.bits};
  read_metadata(tiff, raster);
  read_resolution(tiff, file, raster);
  memory.reads_pixels = true;
  if (plan.readable_by_samples) {
    raster.pixels = cv::Mat::zeros(plan.height, plan.width, CV_MAKETYPE(plan.layout.depth(), plan.channels));
    TIFFIsTiled(tiff) != 0 ? read_tiles(tiff, file, plan, raster) : read_strips(tiff, file, plan, raster);
    mix_colours(tiff, file, plan, raster);
  } else {
    read_converted(tiff, file, plan, raster);
  }
  raster.damage = damage_of(memory);
  if (!raster.damage.empty() && !plan.readable_by_samples) {
    fail(ErrorCode::damaged_file, file, "is damaged: " + raster.damage + "; what is left cannot be told apart");
  }
  if (!on_pages.empty()) {
    raster.notes.push_back(on_pages);
  }
  if (raster.damage.empty() && memory.oddity[0] != '\0') {
    raster.notes.push_back("The TIFF file is odd but complete: " + printable(memory.oddity) + ".");
  }
  return raster;
}

}  // namespace boarddiff::imaging::load
