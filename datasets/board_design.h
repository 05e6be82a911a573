// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/package.h"
#include "imaging/base/frames.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// All lengths in millimetres of the board frame: origin at the board's upper left corner, x to the right, y down,
// heights towards the viewer with 0 on the mask.

enum class BoardStyle { controller, dense, server };
[[nodiscard]] std::string_view name_of(BoardStyle style);

enum class MaskColour { green, blue, red, black, white };

struct Part {
  Package package = Package::r0402;
  std::string designator = {};
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;  // clockwise as seen
  bool populated = true;
  bool has_footprint = true;  // pads and outline belong to the design; false for what was put on later
  std::string marking = {};   // lines separated by '\n'
  double tone = 0;            // colour of a lot, about -1 to 1
  // How this specimen sits beside its footprint.
  imaging::Point slip_mm = imaging::Point::Zero();
  double slip_deg = 0;
};

struct Trace {
  imaging::Polygon points_mm = {};
  double width_mm = 0.15;
};

struct Disc {  // a via, or a mounting hole
  imaging::Point centre_mm = imaging::Point::Zero();
  double diameter_mm = 0.6;
};

struct Lettering {  // silkscreen text
  std::string text = {};
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;
  double height_mm = 0.8;
};

// What lies on the board and is not soldered: label, tape, residue, speck of dust.
struct Patch {
  imaging::Point centre_mm = imaging::Point::Zero();
  double width_mm = 0;
  double depth_mm = 0;
  double angle_deg = 0;
  double thickness_mm = 0.08;
  double opacity = 1;
  Finish finish = {};
  std::string text = {};
};

struct BoardDesign {
  double width_mm = 0;
  double depth_mm = 0;
  MaskColour mask = MaskColour::green;
  bool gold_pads = false;
  std::vector<imaging::Polygon> pours_mm = {};
  std::vector<Trace> traces = {};
  std::vector<Disc> vias = {};
  std::vector<Disc> holes = {};
  std::vector<Lettering> lettering = {};
  std::vector<Part> parts = {};
  std::vector<Patch> patches = {};
};

// Same style and seed, same board; another seed is another layout.
[[nodiscard]] BoardDesign make_board_design(BoardStyle style, std::uint64_t seed);

// The other side of the same board: its outline, holes and vias mirrored, its own parts.
[[nodiscard]] BoardDesign other_side(const BoardDesign& design, BoardStyle style, std::uint64_t seed);

// Where a point of a part lies on the board, as this specimen sits.
[[nodiscard]] imaging::Point on_board(const Part& part, const imaging::Point& point_in_part);
// The same for its footprint, which does not slip.
[[nodiscard]] imaging::Point on_footprint(const Part& part, const imaging::Point& point_in_part);
// Corners of a box in the part's frame, on the board.
[[nodiscard]] imaging::Polygon outline_on_board(const Part& part, const imaging::Box& box_in_part);

}  // namespace boarddiff::datasets
