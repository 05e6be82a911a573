// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/raster.h"

#include "imaging/base/text.h"

#include <algorithm>

namespace boarddiff::imaging::load {
namespace {

// Far above any camera or scanner; keeps row buffers small and all coordinates exact in single precision.
constexpr std::uint64_t kMaxSidePx = 1'000'000;

// Messages of the format libraries are a sentence; what is longer was made to be.
constexpr std::size_t kMaxShownCharacters = 200;

}  // namespace

void fail(ErrorCode code, const EncodedFile& file, const std::string& reason) {
  throw Error(code, file.shown_name + ": " + reason);
}

void require_frame(const EncodedFile& file, int frames, const std::string& what) {
  if (file.frame > frames) {
    fail(ErrorCode::invalid_option, file,
         "has " + std::to_string(frames) + " " + what + ", and --load.frame says " + std::to_string(file.frame));
  }
}

void check_dimensions(const EncodedFile& file, std::uint64_t width, std::uint64_t height) {
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width == 0 || height == 0) {
    fail(ErrorCode::damaged_file, file, "its header says " + size);
  }
  const double megapixels = static_cast<double>(width) * static_cast<double>(height) / 1e6;
  if (megapixels > file.max_megapixels) {
    fail(ErrorCode::too_large, file,
         "has " + size + ", more than --load.max-megapixels " + number_text(file.max_megapixels) + " allows");
  }
  if (std::max(width, height) > kMaxSidePx) {
    fail(ErrorCode::too_large, file,
         "has " + size + ", and no side may exceed " + std::to_string(kMaxSidePx) +
             " pixels, whatever --load.max-megapixels allows");
  }
  if (file.size_alone) {
    throw SizeAlone{width, height};
  }
}

std::string printable(std::string_view text) {
  std::string shown;
  for (const char character : text.substr(0, kMaxShownCharacters)) {
    shown += character >= ' ' && character <= '~' ? character : ' ';
  }
  return shown;
}

void mark_rows_missing(Raster& raster, int first, int last) {
  if (raster.usable.empty()) {
    raster.usable = cv::Mat1b(raster.pixels.size(), 255);
  }
  raster.usable.rowRange(first, last).setTo(0);
}

void separate_alpha(Raster& raster) {
  const int colours = raster.pixels.channels() - 1;
  cv::Mat alpha;
  cv::extractChannel(raster.pixels, alpha, colours);
  std::vector<int> same_place(static_cast<std::size_t>(2 * colours));
  for (std::size_t i = 0; i < same_place.size(); ++i) {
    same_place[i] = static_cast<int>(i / 2);
  }
  cv::Mat without(raster.pixels.size(), CV_MAKETYPE(raster.pixels.depth(), colours));
  cv::mixChannels({raster.pixels}, {without}, same_place);
  raster.pixels = without;

  cv::Mat1b opaque;
  cv::compare(alpha, 0, opaque, cv::CMP_NE);
  if (!raster.usable.empty()) {
    cv::bitwise_and(raster.usable, opaque, opaque);
  }
  if (cv::countNonZero(opaque) < opaque.size().area()) {
    raster.usable = opaque;
  }
}

}  // namespace boarddiff::imaging::load
