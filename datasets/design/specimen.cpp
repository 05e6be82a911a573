// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/specimen.h"

#include "datasets/design/part_markings.h"
#include "imaging/base/random.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

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
  // A fibre is crooked as scratches are, but lies on top.
  speck.form = fibre ? Patch::Form::scratch : Patch::Form::blob;
  speck.width_mm = fibre ? random.uniform(0.5, 1.6) : random.uniform(0.06, 0.2);
  speck.depth_mm = fibre ? 0.05 : random.uniform(0.06, 0.18);
  speck.angle_deg = random.uniform(0, 180);
  speck.thickness_mm = fibre ? -0.02 : 0.02;
  speck.opacity = random.uniform(0.25, 0.7);
  const auto pale = static_cast<unsigned char>(random.integer(120, 205));
  speck.finish = {{pale, pale, pale}, 20, 0};
  speck.seed = random.bits();
  return speck;
}

// A film that flux leaves beside joints: shiny, hardly coloured.
Patch flux_residue(const BoardDesign& design, Random& random) {
  Patch film;
  film.form = Patch::Form::blob;
  const Part& beside =
      design.parts[static_cast<std::size_t>(random.integer(0, static_cast<int>(design.parts.size()) - 1))];
  film.centre_mm = beside.centre_mm + imaging::Point(random.uniform(-1.2, 1.2), random.uniform(-1.2, 1.2));
  film.width_mm = random.uniform(1, 3.5);
  film.depth_mm = film.width_mm * random.uniform(0.5, 1);
  film.angle_deg = random.uniform(0, 180);
  film.thickness_mm = 0.03;
  film.opacity = random.uniform(0.06, 0.22);
  film.finish = {{120, 176, 190}, 225, 0};
  film.seed = random.bits();
  return film;
}

// What the other maker of a part prints on it; the last line stays, for it holds the date.
std::string with_other_number(const std::string& marking, Random& random) {
  const std::size_t last = marking.rfind('\n');
  if (last == std::string::npos) return marking;  // a value: makers agree on it
  return part_code(random, random.integer(1, 3), random.integer(3, 5)) + "\n" + part_code(random, 1, 3) +
         part_code(random, 2, 0) + marking.substr(last);
}

void vary_part(Part& part, const SpecimenSpread& spread, Random& own) {
  const PartShape shape = shape_of(part);
  // Molten solder pulls parts onto their pads: the longer the part, the less it can turn.
  const bool on_wires = !shape.pads.empty() && shape.pads.front().round && shape.pads.size() <= 3;
  const double turn = std::min(1.0, 2.0 / std::max(shape.body_mm.width, shape.body_mm.height));
  part.slip_mm += spread.slip_mm * (on_wires ? 4 : 1) * imaging::Point(own.normal(), own.normal());
  part.slip_deg += (on_wires ? spread.lean_deg : turn * spread.slip_deg) * own.normal();
  part.tone += 0.5 * spread.tone * own.normal();
  if (own.chance(spread.other_codes)) part.marking = with_other_date(part.marking, own);
}

// Reels: all parts of a package on one unit come from one maker.
struct Reel {
  double tone = 0;
  bool alternate = false;
  std::uint64_t seed = 0;
};

Reel reel_of(Package package, const SpecimenSpread& spread, const Random& random) {
  Random own = random.stream(static_cast<std::uint64_t>(package));
  Reel reel{spread.tone * own.normal(), own.chance(spread.alternates), own.bits()};
  if (reel.alternate) reel.tone += own.chance(0.5) ? 1.2 : -1.2;
  return reel;
}

void move_labels(BoardDesign& specimen, const SpecimenSpread& spread, Random random) {
  for (Patch& patch : specimen.patches) {
    if (patch.code.empty()) continue;
    patch.centre_mm += spread.label_slip_mm * imaging::Point(random.normal(), random.normal());
    patch.angle_deg += 1.5 * random.normal();
    patch.code = patch.text = "SN" + part_code(random, 2, 7);
  }
}

}  // namespace

BoardDesign another_specimen(const BoardDesign& design, std::uint64_t seed, const SpecimenSpread& spread) {
  const Random random = Random(seed).stream("specimen");
  BoardDesign specimen = design;
  const Random reels = random.stream("reels");
  for (std::size_t i = 0; i < specimen.parts.size(); ++i) {
    Part& part = specimen.parts[i];
    const Reel reel = reel_of(part.package, spread, reels);
    Random own = random.stream(i);
    part.tone += reel.tone;
    if (reel.alternate && !part.own_shape) {
      Random maker(imaging::mixed(reel.seed, i));
      part.marking = with_other_number(part.marking, maker);
    }
    vary_part(part, spread, own);
  }
  move_labels(specimen, spread, random.stream("labels"));
  Random films = random.stream("flux");
  const int residues = static_cast<int>(spread.flux_per_cm2 * design.width_mm * design.depth_mm / 100 + 0.5);
  for (int i = 0; i < residues && !design.parts.empty(); ++i) {
    specimen.patches.push_back(flux_residue(design, films));
  }
  Random dust = random.stream("dust");
  for (int i = 0; i < spread.dust_specks; ++i) {
    specimen.patches.push_back(dust_speck(design, dust));
  }
  return specimen;
}

}  // namespace boarddiff::datasets
