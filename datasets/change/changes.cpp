// SPDX-License-Identifier: Apache-2.0
#include "datasets/change/changes.h"

#include "datasets/change/planting.h"
#include "imaging/base/random.h"

#include <array>

namespace boarddiff::datasets {
namespace {

using imaging::Random;

void plant(Planting& planting, const WantedChange& wanted, const Random& random) {
  switch (wanted.what) {
    case Alteration::extra_part:
    case Alteration::painted_part:
      return plant_extra_part(planting, wanted, random);
    case Alteration::missing_part:
    case Alteration::moved_part:
    case Alteration::turned_part:
    case Alteration::swapped_part:
    case Alteration::remarked_part:
    case Alteration::other_die:
      return alter_part(planting, wanted, random);
    case Alteration::cut_trace:
      return cut_trace(planting, random);
    case Alteration::added_trace:
      return add_trace(planting, random);
    case Alteration::bodge_wire:
      return solder_wire(planting, random);
    case Alteration::sticker:
    case Alteration::tape:
    case Alteration::scratch:
    case Alteration::residue:
      return alter_surface(planting, wanted.what, random);
  }
}

template <typename Item, std::size_t Count>
Item one_of(const std::array<Item, Count>& items, Random& random) {
  return items[static_cast<std::size_t>(random.integer(0, static_cast<int>(Count) - 1))];
}

// From small to large, one on each ground; only the small ones fit on other parts.
std::vector<WantedChange> usual_extra_parts(Random& random, bool xray) {
  using P = Package;
  const P tiny = random.chance(0.5) ? P::r0402 : P::c0402;
  const P small = one_of(std::array{P::r0603, P::c0603, P::led0603, P::r0805, P::c0805}, random);
  const P middle = one_of(std::array{P::sot23, P::qfn3x3, P::crystal3225, P::c1210}, random);
  const P large = random.chance(0.6) ? P::soic8 : P::qfn5x5;
  std::vector<Ground> grounds = {Ground::bare_mask, Ground::across_traces, Ground::beside_connector};
  shuffle(grounds, random);
  std::vector<WantedChange> wanted = {{Alteration::extra_part, large, grounds[0]},
                                      {Alteration::extra_part, middle, grounds[1]},
                                      {Alteration::extra_part, {}, Ground::empty_footprint}};
  const bool small_on_chip = random.chance(0.5);
  const Ground hidden = xray ? Ground::under_part : Ground::on_chip;
  wanted.push_back(
      {Alteration::extra_part, xray && small_on_chip ? P::bare_die : small, small_on_chip ? hidden : grounds[2]});
  wanted.push_back({Alteration::extra_part, tiny, small_on_chip ? grounds[2] : hidden});
  return wanted;
}

}  // namespace

std::string_view name_of(Alteration alteration) {
  static constexpr std::array<std::string_view, kAlterations.size()> kNames = {
      "extra",       "painted", "missing", "moved", "turned",  "swapped", "remarked", "cut-trace",
      "added-trace", "wire",    "sticker", "tape",  "scratch", "residue", "other-die"};
  return kNames.at(static_cast<std::size_t>(alteration));
}

std::string_view name_of(Ground ground) {
  static constexpr std::array<std::string_view, kGrounds.size()> kNames = {
      "in_place", "bare_mask", "across_traces", "empty_footprint", "beside_connector", "on_chip", "under_part"};
  return kNames.at(static_cast<std::size_t>(ground));
}

ChangedBoard plant_changes(const BoardDesign& design, const std::vector<WantedChange>& wanted, std::uint64_t seed) {
  const Random random = Random(seed).stream("changes");
  Planting planting = begin_planting(design);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    plant(planting, wanted[i], random.stream(i));
  }
  return std::move(planting.board);
}

std::vector<WantedChange> usual_changes(std::uint64_t seed, imaging::Modality modality) {
  using A = Alteration;
  const bool xray = modality == imaging::Modality::xray;
  Random random = Random(seed).stream("usual changes");
  // The largest first, while there is room for it.
  std::vector<WantedChange> wanted = usual_extra_parts(random, xray);
  wanted.push_back({A::missing_part});
  wanted.push_back({A::moved_part});
  wanted.push_back({A::swapped_part});
  wanted.push_back({A::bodge_wire});
  wanted.push_back({random.chance(0.7) ? A::cut_trace : A::added_trace});
  if (xray) {
    wanted.push_back({A::other_die});
    return wanted;
  }
  wanted.push_back({A::turned_part});
  if (random.chance(0.5)) wanted.push_back({A::remarked_part});
  wanted.push_back({one_of(std::array{A::sticker, A::tape, A::scratch, A::residue, A::residue}, random)});
  return wanted;
}

}  // namespace boarddiff::datasets
