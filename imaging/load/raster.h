// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/error.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Private to the loader: what all decoders take, give and share.
namespace boarddiff::imaging::load {

// The bytes of one file, and what may be made of them.
struct EncodedFile {
  std::span<const std::byte> bytes = {};
  std::string shown_name = {};
  double max_megapixels = 250;
  bool accept_damaged = false;
  int frame = 0;            // as LoadOptions::frame
  bool size_alone = false;  // check_dimensions ends the decoding by a SizeAlone
};

// Thrown instead of decoding; no Error, as nothing is wrong.
struct SizeAlone {
  std::uint64_t width = 0;
  std::uint64_t height = 0;
};

// What a file says of its own resolution, before anybody decides whether it is to be believed.
struct StatedResolution {
  struct Dpi {
    double across = 0;  // of the picture as stored
    double down = 0;
  };
  std::vector<Dpi> dpi = {};  // one for each place of the file that states it
  bool by_camera = false;     // EXIF tells of a lens or an exposure
  bool resized = false;       // EXIF tells of another size than the picture has
};

// A decoded picture as its file stores it: not yet turned upright, not yet in sRGB.
struct Raster {
  cv::Mat pixels = {};    // CV_8U or CV_16U; 1 channel is grey, 3 are BGR, 4 are CMYK with 0 for no ink
  cv::Mat1b usable = {};  // 0 where there is no picture; empty: usable everywhere
  ValueScale values = {};
  int bits_per_channel = 8;
  int orientation = 1;  // of EXIF, 1 to 8
  StatedResolution resolution = {};
  std::vector<std::byte> icc_profile = {};
  std::vector<std::string> notes = {};
  std::string damage = {};  // what is missing or corrupt; empty: nothing that the format's library notices
};

// Throws Error; the message is "NAME: reason".
[[noreturn]] void fail(ErrorCode code, const EncodedFile& file, const std::string& reason);

// Throws Error{invalid_option} where another frame or page is asked for than the file has; `what` names them.
void require_frame(const EncodedFile& file, int frames, const std::string& what);

// Throws too_large or, for a side of 0, damaged_file; and SizeAlone where no more is wanted. To be called before
// anything of the picture's size is allocated.
void check_dimensions(const EncodedFile& file, std::uint64_t width, std::uint64_t height);

// Text from a file or a library as one short line of printable ASCII.
[[nodiscard]] std::string printable(std::string_view text);

// Marks rows [first, last) as holding no picture.
void mark_rows_missing(Raster& raster, int first, int last);

// Takes the last channel away from `pixels`; where it is 0, the picture is not usable.
void separate_alpha(Raster& raster);

}  // namespace boarddiff::imaging::load
