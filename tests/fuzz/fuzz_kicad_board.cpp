// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/design_from_kicad.h"
#include "imaging/base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace compare = boarddiff::compare;
namespace datasets = boarddiff::datasets;
namespace imaging = boarddiff::imaging;

// Any text ends in an Error or in a board with an outline, which can be made a design.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  try {
    const compare::KicadBoard board = compare::parse_kicad_board({bytes.begin(), bytes.end()}, "input");
    imaging::require(board.width_mm > 0 && board.depth_mm > 0 && board.width_mm < 1e4, "a board has a size");
    imaging::require(board.outline_mm.size() > 2, "a board has an outline");
    for (const compare::KicadSide side : {compare::KicadSide::front, compare::KicadSide::back}) {
      for (const datasets::Part& part : datasets::design_from_kicad(board, side).parts) {
        imaging::require(part.own_shape != nullptr, "each part has a shape");
        imaging::require(part.centre_mm.allFinite(), "parts lie somewhere");
      }
    }
  } catch (const imaging::Error&) {
    return 0;
  }
  return 0;
}
