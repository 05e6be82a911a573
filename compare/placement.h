// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/component_kind.h"
#include "compare/part_likelihood.h"
#include "imaging/base/frames.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

enum class BoardSide { top, bottom };
inline constexpr std::array kBoardSides = {BoardSide::top, BoardSide::bottom};
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
  unclear,  // something of a part is seen there, and not enough of it
  seen,
};
// The least PartLikelihood at which it is unclear, and not missing.
inline constexpr double kUnclearPart = 0.4;

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

// Its body, in the frame of its place: as large as it says or as the name of its package does, else a square of a
// millimetre; four corners, clockwise as seen from the top.
[[nodiscard]] imaging::Polygon body_mm(const PlacedPart& part);

// Whether the part has a name of its own: what pictures show has numbers ("?3"), also when it is read again.
[[nodiscard]] bool has_name(const PlacedPart& part);

// What a picture says of any place of the board, besides where parts are seen.
struct PlacesInPicture {
  imaging::Polygon shown_mm = {};  // the area that it shows
  PartLikelihood likelihood = {};  // of places of the board, in millimetres
};

// Where the parts of a board are: as a design file says, as a picture shows, or both.
struct Placement {
  std::vector<PlacedPart> parts = {};  // in the order of the file
  std::optional<imaging::Polygon> outline_mm = {};
  std::vector<std::string> notes = {};         // what was supposed or left out, a sentence each
  bool pictured = false;                       // a picture was looked at
  std::optional<PlacesInPicture> places = {};  // what it says of other places; nothing: all is shown, or no picture
};

}  // namespace boarddiff::compare
