// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"
#include "imaging/base/options.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

struct PlacementDiffOptions {
  double same_place_mm = 0.5;   // parts of like size closer to each other than this are the same
  double max_move_mm = 10;      // a part further away from a missing one is another
  double min_turn_deg = 20;     // less is how parts are soldered
  double max_size_ratio = 1.7;  // of a side; designs give bodies, pictures bodies and terminals
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const PlacementDiffOptions& options);

enum class PlacementChangeKind { missing, extra, moved, turned, resized };
[[nodiscard]] std::string_view name_of(PlacementChangeKind kind);

// One difference between two placements of one board.
struct PlacementChange {
  PlacementChangeKind kind = PlacementChangeKind::missing;
  std::optional<PlacedPart> before = {};  // in the first; not where it is extra
  std::optional<PlacedPart> after = {};   // in the second; not where it is missing
  double moved_mm = 0;
  double turned_deg = 0;  // clockwise as seen from the top, above -180 and up to 180
};

struct PlacementDiff {
  std::vector<PlacementChange> changes = {};  // by kind, then in the order of the first, then of the second
  int same = 0;                               // parts that both have alike
  std::vector<PlacedPart> unclear = {};       // of the first, then of the second: the other's picture does not tell
};

// What differs between two placements in one frame. Parts that both name are the same part, wherever they are; others
// are the same where they stand in one place and have about one size, the nearest first and one to one, so that a gap
// in a row of equal parts is one missing part and no row that moved. Of what is left, a missing and an extra part of
// one size near each other are one that moved. Parts that are not fitted are not there; where a placement says which
// part of the board its picture shows, nothing is said of the rest, and where that shows something of a part that was
// not told as one, neither is a part missing there nor extra. Outlines do not tell a part from itself turned by
// 180 degrees, nor anything of the direction of one that is hardly longer than wide: where either placement comes from
// a picture, such turns are not seen.
[[nodiscard]] PlacementDiff diff_placements(const Placement& first, const Placement& second,
                                            const PlacementDiffOptions& options = {});

}  // namespace boarddiff::compare
