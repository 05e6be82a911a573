// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/exif.h"

#include "imaging/load/orientation.h"
#include "imaging/load/resolution.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace boarddiff::imaging::load {
namespace {

constexpr std::array<std::byte, 6> kExifHeader{std::byte{'E'}, std::byte{'x'}, std::byte{'i'}, std::byte{'f'}};

// A camera's block has the size of its thumbnail, at most 64 kB in a JPEG.
constexpr std::size_t kMaxExifBytes = std::size_t{1} << 22U;

struct ExifDataDeleter {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};
using Exif = std::unique_ptr<ExifData, ExifDataDeleter>;

Exif parsed(std::span<const std::byte> exif) {
  // libexif wants the header that PNG leaves away and WebP writers may leave away.
  std::vector<std::byte> block(exif.begin(), exif.end());
  if (!std::ranges::equal(exif.first(std::min(exif.size(), kExifHeader.size())), kExifHeader)) {
    block.insert(block.begin(), kExifHeader.begin(), kExifHeader.end());
  }
  Exif data(exif_data_new());
  if (!data) {
    throw std::bad_alloc();
  }
  // Without this, libexif invents what the specification asks for.
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data(data.get(), reinterpret_cast<const unsigned char*>(block.data()),
                      static_cast<unsigned>(block.size()));
  return data;
}

const ExifEntry* entry_of(const Exif& data, ExifIfd directory, ExifTag tag) {
  return exif_content_get_entry(data->ifd[directory], tag);
}

std::optional<std::uint32_t> whole_number(const Exif& data, ExifIfd directory, ExifTag tag) {
  const ExifEntry* entry = entry_of(data, directory, tag);
  const ExifByteOrder order = exif_data_get_byte_order(data.get());
  if (entry != nullptr && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
    return exif_get_short(entry->data, order);
  }
  if (entry != nullptr && entry->format == EXIF_FORMAT_LONG && entry->size >= 4) {
    return exif_get_long(entry->data, order);
  }
  return {};
}

std::optional<double> ratio(const Exif& data, ExifTag tag) {
  const ExifEntry* entry = entry_of(data, EXIF_IFD_0, tag);
  if (entry == nullptr || entry->format != EXIF_FORMAT_RATIONAL || entry->size < 8) {
    return {};
  }
  const ExifRational value = exif_get_rational(entry->data, exif_data_get_byte_order(data.get()));
  return value.denominator == 0 ? std::optional<double>() : static_cast<double>(value.numerator) / value.denominator;
}

bool is_of_camera(const Exif& data) {
  constexpr std::array kOnlyCamerasWrite{
      EXIF_TAG_EXPOSURE_TIME,  EXIF_TAG_FNUMBER,      EXIF_TAG_ISO_SPEED_RATINGS, EXIF_TAG_SHUTTER_SPEED_VALUE,
      EXIF_TAG_APERTURE_VALUE, EXIF_TAG_FOCAL_LENGTH, EXIF_TAG_LENS_MODEL,        EXIF_TAG_LENS_SPECIFICATION};
  return std::ranges::any_of(kOnlyCamerasWrite,
                             [&](ExifTag tag) { return entry_of(data, EXIF_IFD_EXIF, tag) != nullptr; });
}

// Editors that shrink a picture keep the block that the scanner wrote.
bool is_of_another_size(const Exif& data, const cv::Size& size) {
  const auto width = whole_number(data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_X_DIMENSION);
  const auto height = whole_number(data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_Y_DIMENSION);
  if (!width || !height) {
    return false;
  }
  // Either way round: some programs turn the picture and leave these as they were.
  const auto [shorter, longer] = std::minmax(*width, *height);
  return shorter != static_cast<std::uint32_t>(std::min(size.width, size.height)) ||
         longer != static_cast<std::uint32_t>(std::max(size.width, size.height));
}

}  // namespace

void read_exif(Raster& raster, std::span<const std::byte> exif) {
  if (exif.size() > kMaxExifBytes) {
    raster.notes.emplace_back("The EXIF block is too large and was ignored.");
    return;
  }
  const Exif data = parsed(exif);
  const ExifEntry* entry = entry_of(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
  if (entry != nullptr && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
    set_orientation(raster, exif_get_short(entry->data, exif_data_get_byte_order(data.get())));
  }
  constexpr std::uint32_t kInch = 2;
  const auto across = ratio(data, EXIF_TAG_X_RESOLUTION);
  const auto down = ratio(data, EXIF_TAG_Y_RESOLUTION);
  if (across && down) {
    const auto unit = whole_number(data, EXIF_IFD_0, EXIF_TAG_RESOLUTION_UNIT);
    state_in_tiff_unit(raster.resolution, *across, *down, unit.value_or(kInch));
  }
  raster.resolution.by_camera = raster.resolution.by_camera || is_of_camera(data);
  raster.resolution.resized = raster.resolution.resized || is_of_another_size(data, raster.pixels.size());
}

}  // namespace boarddiff::imaging::load
