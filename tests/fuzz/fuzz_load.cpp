// SPDX-License-Identifier: Apache-2.0
#include "imaging/base/error.h"
#include "imaging/load.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace imaging = boarddiff::imaging;

namespace {

// Any bytes end in an Error or in a picture as imaging/board_image.h promises it; nothing else.
void decode(std::span<const std::byte> bytes, const imaging::LoadOptions& options) {
  try {
    const imaging::BoardImage image = imaging::decode_board_image(bytes, "input", options);
    const int type = image.pixels.type();
    imaging::require(!image.pixels.empty(), "a decoded picture has pixels");
    imaging::require(type == CV_8UC1 || type == CV_8UC3 || type == CV_16UC1 || type == CV_16UC3,
                     "a decoded picture is grey or BGR of 8 or 16 bits");
    imaging::require(image.usable.empty() || image.usable.size() == image.size(), "the mask has the picture's size");
    imaging::require(options.accept_damaged || !image.source.accepted_damage, "damage is accepted only on request");
  } catch (const imaging::Error&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  constexpr double kMegapixels = 2;  // large enough for every header, small enough for many runs
  decode(bytes, {.max_megapixels = kMegapixels});
  decode(bytes, {.max_megapixels = kMegapixels, .accept_damaged = true});
  decode(bytes, {.max_megapixels = kMegapixels, .raw = "5x3:f32le:2"});
  return 0;
}
