// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

// Private to the loader: colours of a file into sRGB.
namespace boarddiff::imaging::load {

// Grey stays as it is; BGR and CMYK become BGR in sRGB by the file's ICC profile. A profile that cannot be used is a
// note, and the colours are then taken as sRGB (BGR) or mixed plainly (CMYK).
[[nodiscard]] Raster in_srgb(Raster raster);

}  // namespace boarddiff::imaging::load
