// SPDX-License-Identifier: Apache-2.0
#include "compare/placement_file.h"
#include "compare/placement_text.h"
#include "imaging/base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace compare = boarddiff::compare;
namespace imaging = boarddiff::imaging;

// Any bytes end in an Error or in parts with finite places, which can be written in every format.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  try {
    const compare::Placement placement = compare::placement_in_bytes({bytes.begin(), bytes.end()}, "input");
    for (const compare::PlacedPart& part : placement.parts) {
      imaging::require(part.centre_mm.allFinite(), "places that are read are finite");
      imaging::require(part.angle_deg >= 0 && part.angle_deg <= 360, "angles that are read are within a turn");
    }
    for (const compare::LayoutFormat format : compare::kLayoutFormats) {
      if (format == compare::LayoutFormat::coco) continue;  // of pictures alone
      imaging::require(!placement_text(placement, format, {"input"}).empty(), "a list has at least its head");
    }
  } catch (const imaging::Error&) {
    return 0;
  }
  return 0;
}
