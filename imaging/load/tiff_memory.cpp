// SPDX-License-Identifier: Apache-2.0
#include "imaging/load/tiff_memory.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <new>

namespace boarddiff::imaging::load {
namespace {

tmsize_t read_bytes(thandle_t handle, void* into, tmsize_t wanted) {
  TiffMemory& memory = *static_cast<TiffMemory*>(handle);
  const std::uint64_t left = memory.position < memory.bytes.size() ? memory.bytes.size() - memory.position : 0;
  const std::uint64_t length = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(wanted));
  // libtiff reads by offsets and lengths that stand in the file, never ahead: what it asks for should be there.
  memory.read_past_end = memory.read_past_end || length < static_cast<std::uint64_t>(wanted);
  if (length > 0) {
    std::memcpy(into, memory.bytes.data() + memory.position, length);
  }
  memory.position += length;
  return static_cast<tmsize_t>(length);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  TiffMemory& memory = *static_cast<TiffMemory*>(handle);
  const std::uint64_t base = whence == SEEK_CUR ? memory.position : whence == SEEK_END ? memory.bytes.size() : 0;
  memory.position = base + offset;
  return memory.position;
}

int close_nothing(thandle_t) { return 0; }

toff_t size_of(thandle_t handle) { return static_cast<TiffMemory*>(handle)->bytes.size(); }

int on_error(TIFF*, void* user, const char*, const char* format, va_list values) {
  TiffMemory& memory = *static_cast<TiffMemory*>(user);
  if (memory.damage[0] == '\0') {
    std::vsnprintf(memory.damage, sizeof memory.damage, format, values);
  }
  return 1;
}

// While pixels are read, a warning means lost data; only a missing mark at the end of an LZW strip does not.
int on_warning(TIFF*, void* user, const char* module, const char* format, va_list values) {
  TiffMemory& memory = *static_cast<TiffMemory*>(user);
  const bool is_lzw = module != nullptr && std::strncmp(module, "LZW", 3) == 0;
  char(&text)[256] = memory.reads_pixels && !is_lzw ? memory.damage : memory.oddity;
  if (text[0] == '\0') {
    std::vsnprintf(text, sizeof text, format, values);
  }
  return 1;
}

struct OptionsFreer {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

}  // namespace

OpenTiff open_tiff(TiffMemory& memory) {
  const std::unique_ptr<TIFFOpenOptions, OptionsFreer> options(TIFFOpenOptionsAlloc());
  if (!options) {
    throw std::bad_alloc();
  }
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, &memory);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, &memory);
  // libtiff itself needs no more at once than the largest strip or tile as it lies in the file, or one row.
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(memory.bytes.size()) + (tmsize_t{1} << 28));
  // "m": through the functions above, so that reading past the end is seen.
  return OpenTiff(TIFFClientOpenExt("", "rm", &memory, read_bytes, write_nothing, seek, close_nothing, size_of, nullptr,
                                    nullptr, options.get()));
}

std::string damage_of(const TiffMemory& memory) {
  return memory.damage[0] != '\0' ? printable(memory.damage)
                                  : std::string(memory.read_past_end ? "the file ends too early" : "");
}

std::uint16_t tag16(TIFF* tiff, std::uint32_t tag, std::uint16_t otherwise) {
  std::uint16_t value = 0;
  return TIFFGetFieldDefaulted(tiff, tag, &value) == 1 ? value : otherwise;
}

std::uint32_t tag32(TIFF* tiff, std::uint32_t tag) {
  std::uint32_t value = 0;
  return TIFFGetField(tiff, tag, &value) == 1 ? value : 0;
}

}  // namespace boarddiff::imaging::load
