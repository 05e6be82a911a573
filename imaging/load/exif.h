// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <cstddef>
#include <span>

// Private to the loader: what is read from a file's EXIF block, which is little. Places, times and serial numbers are
// not looked at, and nothing but the orientation and a believed resolution leaves the loader.
namespace boarddiff::imaging::load {

// Sets the orientation and what is stated of the resolution, from a block with or without the leading "Exif\0\0".
// raster.pixels must have its size.
void read_exif(Raster& raster, std::span<const std::byte> exif);

}  // namespace boarddiff::imaging::load
