// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/component_kind.h"
#include "imaging/base/frames.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

enum class BoardSide { top, bottom };
[[nodiscard]] std::string_view name_of(BoardSide side);

// What a picture shows of a part.
struct PartInPicture {
  imaging::Polygon outline_px = {};  // four corners, clockwise as seen
  ComponentKind kind = ComponentKind::other;
  double kind_confidence = 0;  // 0 to 1: how likely this kind is, if it is a part
  double confidence = 0;       // 0 to 1: how surely it is a part
};

// Whether a part is in a picture.
enum class Sighting {
  none,     // no picture shows its place
  missing,  // its place is shown, and no part there
  seen,
};

// One part as a design places it, or as a picture shows it. Millimetres, x to the right and y down as seen from the
// top, for both sides; from which origin depends on the file.
struct PlacedPart {
  std::string designator = {};  // "U7"
  std::string value = {};       // "100n"; empty: not said
  std::string package = {};     // "R_0603_1608Metric"; empty: not said
  BoardSide side = BoardSide::top;
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;                        // clockwise as seen from the top, 0 to 360
  std::optional<imaging::Point> size_mm = {};  // of its body before it is turned, where the file draws it
  bool populated = true;                       // false: its pads are to stay empty
  bool in_design = true;                       // false: a picture alone shows it, and it has a number for a name ("?3")
  Sighting sighting = Sighting::none;
  std::optional<PartInPicture> in_picture = {};  // where it is seen
};

// Whether the part has a name of its own: what pictures show has numbers ("?3"), also when it is read again.
[[nodiscard]] bool has_name(const PlacedPart& part);

// Where the parts of a board are: as a design file says, as a picture shows, or both.
struct Placement {
  std::vector<PlacedPart> parts = {};  // in the order of the file
  std::optional<imaging::Polygon> outline_mm = {};
  std::vector<std::string> notes = {};            // what was supposed or left out, a sentence each
  bool pictured = false;                          // a picture was looked at
  std::optional<imaging::Polygon> shown_mm = {};  // the area that the picture shows; nothing: all, or no picture
};

}  // namespace boarddiff::compare
