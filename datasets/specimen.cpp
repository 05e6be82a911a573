// SPDX-License-Identifier: Apache-2.0
#include "datasets/specimen.h"

#include "imaging/base/random.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

using imaging::Box;
using imaging::Random;

// The last line of a chip's marking begins with year and week.
std::string with_other_date(std::string marking, Random& random) {
  const std::size_t last = marking.rfind('\n');
  const bool has_date = last != std::string::npos && marking.size() >= last + 5 &&
                        std::all_of(marking.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                                    marking.begin() + static_cast<std::ptrdiff_t>(last) + 5,
                                    [](char letter) { return letter >= '0' && letter <= '9'; });
  if (has_date) {
    marking.replace(last + 1, 4, std::to_string(random.integer(19, 25)) + std::to_string(random.integer(10, 52)));
  }
  return marking;
}

Patch dust_speck(const BoardDesign& design, Random& random) {
  Patch speck;
  speck.centre_mm = {random.uniform(0.5, design.width_mm - 0.5), random.uniform(0.5, design.depth_mm - 0.5)};
  const bool fibre = random.chance(0.3);
  speck.width_mm = fibre ? random.uniform(0.6, 2.0) : random.uniform(0.08, 0.22);
  speck.depth_mm = fibre ? 0.05 : random.uniform(0.08, 0.2);
  speck.angle_deg = random.uniform(0, 180);
  speck.thickness_mm = 0.02;
  speck.opacity = random.uniform(0.3, 0.8);
  speck.finish = {{196, 202, 204}, 20, 0};
  return speck;
}

}  // namespace

BoardDesign another_specimen(const BoardDesign& design, std::uint64_t seed, const SpecimenSpread& spread) {
  const Random random = Random(seed).stream("specimen");
  BoardDesign specimen = design;
  Random reels = random.stream("reels");
  const double lot_tone = reels.normal() * spread.tone;
  for (std::size_t i = 0; i < specimen.parts.size(); ++i) {
    Part& part = specimen.parts[i];
    Random own = random.stream(i);
    // Molten solder pulls parts onto their pads: the longer the part, the less it can turn.
    const Box body = shape_of(part).body_mm;
    const double turn = std::min(1.0, 2.0 / std::max(body.width, body.height));
    part.slip_mm += spread.slip_mm * imaging::Point(own.normal(), own.normal());
    part.slip_deg += turn * spread.slip_deg * own.normal();
    part.tone += lot_tone + 0.5 * spread.tone * own.normal();
    if (own.chance(spread.other_codes)) part.marking = with_other_date(part.marking, own);
  }
  Random dust = random.stream("dust");
  for (int i = 0; i < spread.dust_specks; ++i) {
    specimen.patches.push_back(dust_speck(design, dust));
  }
  return specimen;
}

}  // namespace boarddiff::datasets
