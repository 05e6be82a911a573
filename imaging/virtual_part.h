// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <array>
#include <string_view>
#include <vector>

namespace boarddiff::imaging {

// The outlines of a chip with a terminal at either end, in millimetres of its own frame: origin in the middle, its
// length along x, y down. Rendered boards and virtual parts share it.
struct TwoTerminalChip {
  Box body = {};                   // between the caps
  std::array<Box, 2> caps = {};    // metal around both ends; with the body they are the chip
  std::array<Box, 2> solder = {};  // what runs out from below the caps
};
[[nodiscard]] TwoTerminalChip two_terminal_chip(double length_mm, double width_mm);

enum class BodyColour { dark, grey, board };
inline constexpr std::array kBodyColours = {BodyColour::dark, BodyColour::grey, BodyColour::board};
[[nodiscard]] std::string_view name_of(BodyColour colour);

// A part that is nowhere but in a copy of a picture: what a body of its size would look like.
struct VirtualPart {
  double length_mm = 0;
  double width_mm = 0;
  double height_mm = 0;
  BodyColour colour = BodyColour::dark;
};

struct PartPiece {
  Box box_mm = {};  // in the part's frame
  bool metal = false;
};

// What is seen of it from above, in the order of painting: chips with two terminals up to 2.5 mm, above that bodies
// with leads along both long sides, which lie within the stated size.
[[nodiscard]] std::vector<PartPiece> pieces_of(const VirtualPart& part);

}  // namespace boarddiff::imaging
