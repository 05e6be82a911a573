// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/execution.h"
#include "imaging/base/frames.h"
#include "imaging/board_image.h"

#include <string>
#include <vector>

namespace boarddiff::imaging {

// A bar code or a code of dots, read with its check digits.
struct Code {
  std::string format = {};  // as ZXing names it: "Code128", "DataMatrix", "QRCode", ...
  std::string text = {};    // made printable: it comes from the picture and is not to be trusted
  Box box = {};             // pixels of the picture
};

// What codes a photograph shows, from top to bottom, each once and 32 at most: the picture as a whole, shrunk, for
// large ones, and piece by piece for small ones.
[[nodiscard]] std::vector<Code> read_codes(const BoardImage& picture, const Execution& execution = {});

}  // namespace boarddiff::imaging
