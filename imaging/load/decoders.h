// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

// Private to the loader: one decoder a format, each in a source of its own. All read the dimensions and check them
// before they decode, report damage in Raster::damage when rows could be decoded, and throw Error{damaged_file} when
// nothing could.
namespace boarddiff::imaging::load {

[[nodiscard]] Raster decode_jpeg(const EncodedFile& file);
[[nodiscard]] Raster decode_png(const EncodedFile& file);
[[nodiscard]] Raster decode_tiff(const EncodedFile& file);
[[nodiscard]] Raster decode_bmp(const EncodedFile& file);
[[nodiscard]] Raster decode_webp(const EncodedFile& file);
[[nodiscard]] Raster decode_dicom(const EncodedFile& file);

}  // namespace boarddiff::imaging::load
