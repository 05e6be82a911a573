// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/planting.h"
#include "imaging/base/error.h"

#include <array>

namespace boarddiff::datasets {
namespace {

using compare::FindingKind;
using imaging::Point;
using imaging::Random;

constexpr double kHighestUnder_mm = 2.6;

template <std::size_t Count>
Finish drawn(const std::array<Finish, Count>& finishes, Random& random) {
  return finishes[static_cast<std::size_t>(random.integer(0, static_cast<int>(Count) - 1))];
}

Patch sticker(Random& random) {
  static const std::array<Finish, 4> kPapers = {
      {{{228, 232, 232}, 40, 0}, {{70, 205, 230}, 60, 0}, {{70, 160, 90}, 60, 0}, {{60, 60, 200}, 60, 0}}};
  Patch patch;
  patch.width_mm = random.uniform(4, 9);
  patch.depth_mm = random.uniform(3, 5.5);
  patch.thickness_mm = 0.1;
  patch.finish = drawn(kPapers, random);
  if (random.chance(0.6)) patch.text = "QC" + std::to_string(random.integer(10, 99));
  return patch;
}

Patch tape(Random& random) {
  static const std::array<Finish, 4> kTapes = {
      {{{40, 120, 190}, 190, 0}, {{50, 190, 225}, 110, 0}, {{44, 42, 42}, 110, 0}, {{150, 90, 40}, 120, 0}}};
  Patch patch;
  patch.width_mm = random.uniform(4, 12);
  patch.depth_mm = random.uniform(2.5, 5);
  patch.thickness_mm = 0.06;
  patch.finish = drawn(kTapes, random);
  patch.opacity = random.uniform(0.75, 0.97);
  return patch;
}

Patch scratch(Random& random) {
  Patch patch;
  patch.form = Patch::Form::scratch;
  patch.width_mm = random.uniform(3, 12);
  patch.depth_mm = random.uniform(0.15, 0.4);
  patch.thickness_mm = 0.03;
  patch.opacity = random.uniform(0.7, 0.95);
  patch.finish = {{150, 178, 186}, 60, 0};
  return patch;
}

Patch residue(Random& random) {
  static const std::array<Finish, 3> kFluxes = {
      {{{62, 128, 160}, 210, 0}, {{40, 84, 120}, 220, 0}, {{208, 214, 214}, 70, 0}}};
  Patch patch;
  patch.form = Patch::Form::blob;
  patch.width_mm = random.uniform(1.6, 4.5);
  patch.depth_mm = random.uniform(0.6, 1) * patch.width_mm;
  patch.thickness_mm = random.uniform(0.05, 0.15);
  patch.opacity = random.uniform(0.2, 0.45);
  patch.finish = drawn(kFluxes, random);
  return patch;
}

Patch drawn_patch(Alteration what, Random& random) {
  switch (what) {
    case Alteration::sticker:
      return sticker(random);
    case Alteration::tape:
      return tape(random);
    case Alteration::scratch:
      return scratch(random);
    default:
      return residue(random);
  }
}

// Residue is left where something was soldered: at the pads of the design.
Point drawn_middle(const BoardDesign& design, Alteration what, Random& random) {
  Point anywhere(random.uniform(2, design.width_mm - 2), random.uniform(2, design.depth_mm - 2));
  if (what != Alteration::residue || design.parts.empty()) return anywhere;
  const Part& part =
      design.parts[static_cast<std::size_t>(random.integer(0, static_cast<int>(design.parts.size()) - 1))];
  const std::vector<Pad> pads = shape_of(part).pads;
  if (pads.empty() || !part.has_footprint) return anywhere;
  return on_footprint(part,
                      pads[static_cast<std::size_t>(random.integer(0, static_cast<int>(pads.size()) - 1))].centre_mm);
}

}  // namespace

void alter_surface(Planting& planting, Alteration what, Random random) {
  BoardDesign& design = planting.board.design;
  Patch patch = drawn_patch(what, random);
  patch.seed = random.bits();
  for (int attempt = 0; attempt < 1000; ++attempt) {
    patch.angle_deg = what == Alteration::sticker ? random.uniform(-12, 12) : random.uniform(-90, 90);
    patch.centre_mm = drawn_middle(design, what, random);
    const Place flat = place_of(patch, 0);
    const double under_mm = top_under(planting, imaging::bounding_box(flat.outline_mm));
    const double highest_mm = what == Alteration::scratch ? 0 : kHighestUnder_mm;
    if (under_mm > highest_mm || !has_room(planting, flat)) continue;
    design.patches.push_back(patch);
    record(planting,
           {.kind = FindingKind::changed_surface,
            .place = place_of(patch, under_mm),
            .size_mm = {patch.width_mm, patch.depth_mm},
            .in_xray = false},
           std::string(name_of(what)));
    return;
  }
}

}  // namespace boarddiff::datasets
