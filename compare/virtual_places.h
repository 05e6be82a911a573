// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "imaging/plant_part.h"

#include <cstdint>
#include <vector>

namespace boarddiff::compare {

struct PlantedPart {
  imaging::VirtualPart part = {};
  imaging::PartPlace place = {};  // in the pair
  bool on_board = true;           // not on top of another part
};

// 255 in the evener part of the board in both pictures once print and traces are blurred, of the pair's size: bare
// board, and parts that another one could sit on, but not their edges.
[[nodiscard]] cv::Mat1b even_ground(const Comparison& compared, double px_per_mm);

// 255 where a virtual part may lie: even ground that is inspected and has no finding anyway.
struct RoomForParts {
  cv::Mat1b on_board = {};  // between the parts of the reference
  cv::Mat1b on_parts = {};
};
[[nodiscard]] RoomForParts room_for_parts(const Comparison& compared, const cv::Mat1b& even,
                                          const std::vector<imaging::Box>& findings_in_pair);

// As many of the parts as there is room for, on the board first, the list repeated until none finds a place, at least
// `apart_px` from each other. Nine tenths of what lies below a part is room.
[[nodiscard]] std::vector<PlantedPart> place_parts(const std::vector<imaging::VirtualPart>& parts,
                                                   const RoomForParts& room, double px_per_mm, double apart_px,
                                                   std::uint64_t seed);

}  // namespace boarddiff::compare
