// SPDX-License-Identifier: Apache-2.0
#include "imaging/virtual_part.h"

#include <cmath>

namespace boarddiff::imaging {

namespace {

Box around(double x, double y, double width, double depth) {
  return {.x = x - width / 2, .y = y - depth / 2, .width = width, .height = depth};
}

std::vector<PartPiece> chip_pieces(const VirtualPart& part) {
  const TwoTerminalChip chip = two_terminal_chip(part.length_mm, part.width_mm);
  std::vector<PartPiece> pieces;
  for (const Box& solder : chip.solder) {
    pieces.push_back({.box_mm = solder, .metal = true});
  }
  pieces.push_back({.box_mm = chip.body});
  for (const Box& cap : chip.caps) {
    pieces.push_back({.box_mm = cap, .metal = true});
  }
  return pieces;
}

std::vector<PartPiece> leaded_pieces(const VirtualPart& part) {
  const double pitch_mm = part.length_mm > 4 ? 1.27 : 0.65;
  const double lead_mm = 0.15 * part.width_mm;  // beyond the body, on either side
  const int leads = static_cast<int>(std::floor((part.length_mm - 0.4 * pitch_mm) / pitch_mm));
  std::vector<PartPiece> pieces;
  for (const double side : {-1.0, 1.0}) {
    for (int i = 0; i < leads; ++i) {
      const double x = (i - (leads - 1) / 2.0) * pitch_mm;
      pieces.push_back(
          {.box_mm = around(x, side * (part.width_mm - lead_mm) / 2, 0.35 * pitch_mm, lead_mm), .metal = true});
    }
  }
  pieces.push_back({.box_mm = around(0, 0, part.length_mm, part.width_mm - 2 * lead_mm)});
  return pieces;
}

}  // namespace

TwoTerminalChip two_terminal_chip(double length_mm, double width_mm) {
  const double cap_mm = 0.22 * length_mm;
  TwoTerminalChip chip{.body = around(0, 0, length_mm - cap_mm, width_mm * 0.97)};
  for (const std::size_t end : {0U, 1U}) {
    const double side = end == 0 ? -1 : 1;
    chip.caps.at(end) = around(side * (length_mm - cap_mm) / 2, 0, cap_mm, width_mm);
    chip.solder.at(end) = around(side * 0.5 * length_mm, 0, 0.3 * length_mm, 0.94 * width_mm);
  }
  return chip;
}

std::string_view name_of(BodyColour colour) {
  switch (colour) {
    case BodyColour::dark:
      return "dark";
    case BodyColour::grey:
      return "grey";
    case BodyColour::board:
      return "board";
  }
  return "dark";
}

std::vector<PartPiece> pieces_of(const VirtualPart& part) {
  constexpr double kLongestChip_mm = 2.5;
  return part.length_mm <= kLongestChip_mm ? chip_pieces(part) : leaded_pieces(part);
}

}  // namespace boarddiff::imaging
