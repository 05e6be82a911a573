// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

// Private to the loader: floating-point values as pixels of 16 bits.
namespace boarddiff::imaging::load {

// raster.pixels, CV_32FC1, become CV_16UC1, with a note and raster.values. Without a value below 0, zero stays zero and
// the largest value becomes 65535: of an X-ray the logarithm of what came through needs the true zero. Otherwise the
// least becomes 0. What is no finite number is marked as not usable. Throws Error{damaged_file} when no usable value is
// finite.
void stretch_floats(const EncodedFile& file, Raster& raster);

}  // namespace boarddiff::imaging::load
