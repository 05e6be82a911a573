// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <span>

// Private to the loader: the one thing that is read from a file's EXIF block.
namespace boarddiff::imaging::load {

// Sets raster.orientation from an EXIF block, with or without the leading "Exif\0\0"; a value outside 1 to 8 becomes
// 1 and a note.
void read_exif_orientation(Raster& raster, std::span<const std::byte> exif);
void set_orientation(Raster& raster, unsigned found);

// The picture as it is meant to be seen.
[[nodiscard]] cv::Mat upright(const cv::Mat& stored, int orientation);

}  // namespace boarddiff::imaging::load
