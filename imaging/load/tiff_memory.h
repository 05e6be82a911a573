// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

// Private to the loader: a TIFF file in memory, opened with libtiff.
namespace boarddiff::imaging::load {

// The file as libtiff reads it, and what libtiff says meanwhile.
struct TiffMemory {
  std::span<const std::byte> bytes = {};
  std::uint64_t position = 0;
  bool reads_pixels = false;  // set it before pixels are read: from then on a warning means lost data
  bool read_past_end = false;
  char damage[256] = {};
  char oddity[256] = {};
};

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using OpenTiff = std::unique_ptr<TIFF, TiffCloser>;

// `memory` must outlive what is opened. Empty when the bytes are no readable TIFF file; damage_of says why.
[[nodiscard]] OpenTiff open_tiff(TiffMemory& memory);

// What was missing or corrupt so far; empty: nothing that libtiff noticed.
[[nodiscard]] std::string damage_of(const TiffMemory& memory);

// A tag with one number of 16 bits, or its default.
[[nodiscard]] std::uint16_t tag16(TIFF* tiff, std::uint32_t tag, std::uint16_t otherwise);

// A tag with one number of 32 bits, or 0.
[[nodiscard]] std::uint32_t tag32(TIFF* tiff, std::uint32_t tag);

}  // namespace boarddiff::imaging::load
