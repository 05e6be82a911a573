// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

enum class BoardSide { top, bottom };
[[nodiscard]] std::string_view name_of(BoardSide side);

// One part as a design places it. Millimetres, x to the right and y down as seen from the top, for both sides; from
// which origin depends on the file.
struct PlacedPart {
  std::string designator = {};  // "U7"
  std::string value = {};       // "100n"; empty: not said
  std::string package = {};     // "R_0603_1608Metric"; empty: not said
  BoardSide side = BoardSide::top;
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;                        // clockwise as seen from the top, 0 to 360
  std::optional<imaging::Point> size_mm = {};  // of its body before it is turned, where the file draws it
  bool populated = true;                       // false: its pads are to stay empty
};

// What a design file says about where parts are.
struct Placement {
  std::vector<PlacedPart> parts = {};  // in the order of the file
  std::optional<imaging::Polygon> outline_mm = {};
  std::vector<std::string> notes = {};  // what was supposed or left out, a sentence each
};

}  // namespace boarddiff::compare
