// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"
#include "imaging/load/tiff_samples.h"

#include <tiffio.h>

#include <cstdint>
#include <string>

// Private to the loader: what the first page of a TIFF file holds, from its tags.
namespace boarddiff::imaging::load {

struct TiffPlan {
  int width = 0;
  int height = 0;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t alpha = EXTRASAMPLE_UNSPECIFIED;  // its kind; unspecified: there is none
  int channels = 1;                               // colours and alpha
  bool planes = false;                            // each sample in a plane of its own
  bool readable_by_samples = true;                // otherwise libtiff must convert
  SampleLayout layout = {};                       // of all samples of a pixel
};

// Throws Error: unsupported_format for a kind that is not read here, damaged_file for tags that contradict each other,
// too_large.
[[nodiscard]] TiffPlan make_plan(TIFF* tiff, const EncodedFile& file);

// JPEG data in YCbCr comes out of libtiff as RGB, when asked.
[[nodiscard]] bool is_jpeg_colour(TIFF* tiff, const TiffPlan& plan);

[[noreturn]] void fail_unsupported(const EncodedFile& file, const std::string& what);

}  // namespace boarddiff::imaging::load
