// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "datasets/change/place.h"
#include "datasets/design/board_design.h"
#include "imaging/board_image.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// What is done to a board; several alterations make changes of one kind.
enum class Alteration {
  extra_part,
  painted_part,  // an extra part under paint like the mask, 8 to 40 grey levels brighter or darker, terminals and all
  missing_part,
  moved_part,     // by 0.6 to 1.5 mm, and askew
  turned_part,    // by 180 degrees, a square one also by 90
  swapped_part,   // something else on the same footprint
  remarked_part,  // another part number on a sanded body
  cut_trace,      // 0.3 to 0.8 mm taken away, the mask scratched
  added_trace,
  bodge_wire,
  sticker,
  tape,
  scratch,
  residue,    // flux left on solder joints
  other_die,  // another die and frame inside the same body: for X-rays
};
inline constexpr std::array kAlterations = {
    Alteration::extra_part,  Alteration::painted_part, Alteration::missing_part,  Alteration::moved_part,
    Alteration::turned_part, Alteration::swapped_part, Alteration::remarked_part, Alteration::cut_trace,
    Alteration::added_trace, Alteration::bodge_wire,   Alteration::sticker,       Alteration::tape,
    Alteration::scratch,     Alteration::residue,      Alteration::other_die};
// As on the command line: "extra", "cut-trace".
[[nodiscard]] std::string_view name_of(Alteration alteration);

// Where an extra part stands; all else changes in place.
enum class Ground {
  in_place,
  bare_mask,
  across_traces,
  empty_footprint,   // a part that the design leaves out
  beside_connector,  // within 2 mm of a connector, header or slot
  on_chip,           // on top of another part
  under_part,        // inside a connector or between the layers: for X-rays
};
inline constexpr std::array kGrounds = {Ground::in_place,        Ground::bare_mask,        Ground::across_traces,
                                        Ground::empty_footprint, Ground::beside_connector, Ground::on_chip,
                                        Ground::under_part};
// As in case.json: "across_traces".
[[nodiscard]] std::string_view name_of(Ground ground);

// One change to make. The package is that of the extra part, or says which parts come into question; nothing: any.
struct WantedChange {
  Alteration what = Alteration::extra_part;
  std::optional<Package> package = {};
  Ground ground = Ground::bare_mask;  // extra and painted parts only
};

struct PlantedChange {
  std::string id = {};  // "extra_component-1-r0603"
  compare::FindingKind kind = compare::FindingKind::extra_component;
  Place place = {};                      // in the changed board; of a missing part: where it was
  std::vector<Place> also = {};          // where a moved or turned part was
  imaging::Point size_mm = {0, 0};       // of the body; of wires and traces: length and width
  Ground ground = Ground::in_place;      // where it came to lie, which may not be where it was wanted
  std::optional<std::size_t> part = {};  // of the changed design, which moves with its specimens
  bool in_photo = true;                  // whether a photograph, or an X-ray, can show it
  bool in_xray = true;
};

struct ChangedBoard {
  BoardDesign design = {};  // the parts of the original first, in their order
  std::vector<PlantedChange> changes = {};
};

// One change after the other, at least 2 mm apart, inside the board's outline; fewer than wanted where the board has no
// room or no such part. Without room on the wanted ground an extra part goes on another. What else
// is wanted makes no difference to where a change goes, unless they would meet.
[[nodiscard]] ChangedBoard plant_changes(const BoardDesign& design, const std::vector<WantedChange>& wanted,
                                         std::uint64_t seed);

// The mixture to measure with: about a dozen changes of all kinds that pictures of this modality show, extra parts from
// 0402 to SOIC-8. Sizes, grounds and what is done to the surface differ from seed to seed.
[[nodiscard]] std::vector<WantedChange> usual_changes(std::uint64_t seed,
                                                      imaging::Modality modality = imaging::Modality::photo);

// "extra:r0603@across-traces,3*extra:c0402,missing,wire": how many, what, which package, on which ground. `usual`,
// `all` (each alteration, and an extra part on each ground) and `none` stand for lists. Throws
// imaging::Error{invalid_option} that names the word and what may stand there.
[[nodiscard]] std::vector<WantedChange> parse_changes(std::string_view text, std::uint64_t seed,
                                                      imaging::Modality modality = imaging::Modality::photo);

}  // namespace boarddiff::datasets
