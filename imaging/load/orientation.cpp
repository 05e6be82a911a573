// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/orientation.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace boarddiff::imaging::load {
namespace {

constexpr std::array<std::byte, 6> kExifHeader{std::byte{'E'}, std::byte{'x'}, std::byte{'i'}, std::byte{'f'}};

// A camera's block has the size of its thumbnail, at most 64 kB in a JPEG.
constexpr std::size_t kMaxExifBytes = std::size_t{1} << 22U;

struct ExifDataDeleter {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};

}  // namespace

void set_orientation(Raster& raster, unsigned found) {
  if (found >= 1 && found <= 8) {
    raster.orientation = static_cast<int>(found);
  } else {
    raster.notes.push_back("The orientation " + std::to_string(found) + " is not one of 1 to 8 and was ignored.");
  }
}

void read_exif_orientation(Raster& raster, std::span<const std::byte> exif) {
  if (exif.size() > kMaxExifBytes) {
    raster.notes.emplace_back("The EXIF block is too large and was ignored.");
    return;
  }
  // libexif wants the header that PNG leaves away and WebP writers may leave away.
  std::vector<std::byte> block(exif.begin(), exif.end());
  if (!std::ranges::equal(exif.first(std::min(exif.size(), kExifHeader.size())), kExifHeader)) {
    block.insert(block.begin(), kExifHeader.begin(), kExifHeader.end());
  }
  const std::unique_ptr<ExifData, ExifDataDeleter> data(exif_data_new());
  if (!data) {
    throw std::bad_alloc();
  }
  // Without this, libexif invents an orientation where the specification asks for one.
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data(data.get(), reinterpret_cast<const unsigned char*>(block.data()),
                      static_cast<unsigned>(block.size()));
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry != nullptr && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
    set_orientation(raster, exif_get_short(entry->data, exif_data_get_byte_order(data.get())));
  }
}

cv::Mat upright(const cv::Mat& stored, int orientation) {
  if (stored.empty() || orientation == 1) {
    return stored;
  }
  constexpr int kMirrorColumns = 1;
  constexpr int kMirrorRows = 0;
  cv::Mat turned;
  switch (orientation) {
    case 2:
      cv::flip(stored, turned, kMirrorColumns);
      break;
    case 3:
      cv::rotate(stored, turned, cv::ROTATE_180);
      break;
    case 4:
      cv::flip(stored, turned, kMirrorRows);
      break;
    case 5:
      cv::transpose(stored, turned);
      break;
    case 6:
      cv::rotate(stored, turned, cv::ROTATE_90_CLOCKWISE);
      break;
    case 7: {
      cv::Mat transposed;
      cv::transpose(stored, transposed);
      cv::rotate(transposed, turned, cv::ROTATE_180);
      break;
    }
    case 8:
      cv::rotate(stored, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
      break;
    default:
      require(false, "an orientation is 1 to 8");
  }
  return turned;
}

}  // namespace boarddiff::imaging::load
