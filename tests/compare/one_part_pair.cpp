// SPDX-License-Identifier: Apache-2.0
#include "tests/compare/one_part_pair.h"

#include <vector>

namespace boarddiff::test {

datasets::BoardPair one_part_pair(int specimens) {
  constexpr std::uint64_t kSeed = 63;
  datasets::BoardDesign design = make_board_design(datasets::BoardStyle::controller, kSeed);
  std::size_t number = 0;
  std::erase_if(design.parts, [&](const datasets::Part&) { return number++ % 3 != 0; });
  datasets::BoardPairSettings settings;
  settings.megapixels = 0.5;
  settings.severity = datasets::Severity::easy;
  settings.specimens = specimens;
  settings.changes = {{datasets::Alteration::extra_part, datasets::Package::soic8, datasets::Ground::bare_mask}};
  return make_board_pair(design, "one-part", settings, kSeed);
}

}  // namespace boarddiff::test
