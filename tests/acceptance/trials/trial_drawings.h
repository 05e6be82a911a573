// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/acceptance/trials/trial_picture.h"

#include <cstdint>
#include <string>
#include <vector>

namespace boarddiff::trials {

// Pictures without a board: even ones with the noise of a sensor (paper, a wall, a lens cap, light that falls off),
// noise and nothing else (of single pixels, of patches, coloured, sparse), pages of text, regular patterns, tables.
struct Drawing {
  std::string name = {};   // "noise-patches"
  std::string group = {};  // "blank", "noise", "text", "pattern", "table"
  PictureRecipe recipe = {};
};
[[nodiscard]] std::vector<Drawing> drawings(std::uint64_t seed);

}  // namespace boarddiff::trials
