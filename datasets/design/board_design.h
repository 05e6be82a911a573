// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"
#include "imaging/base/frames.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

// All lengths in millimetres of the board frame: origin at the board's upper left corner, x to the right, y down,
// heights towards the viewer with 0 on the mask.

enum class BoardStyle { server, network_switch, controller, handheld, through_hole, motor_drive, mixed };
inline constexpr std::array kBoardStyles = {BoardStyle::server,   BoardStyle::network_switch, BoardStyle::controller,
                                            BoardStyle::handheld, BoardStyle::through_hole,   BoardStyle::motor_drive,
                                            BoardStyle::mixed};
// With dashes: "network-switch".
[[nodiscard]] std::string_view name_of(BoardStyle style);

enum class MaskColour { green, blue, red, black, white, bare, yellow };  // bare: brown laminate without a mask

struct Part {
  Package package = Package::r0402;
  std::string designator = {};
  imaging::Point centre_mm = imaging::Point::Zero();
  double angle_deg = 0;  // clockwise as seen
  bool populated = true;
  bool has_footprint = true;  // pads and outline belong to the design; false for what was put on later
  std::string marking = {};   // lines separated by '\n'
  double tone = 0;            // colour of a lot, about -1 to 1
  // Painted all over like the board's mask, brighter by so many grey levels of the paint itself; nothing: not painted.
  std::optional<double> painted_levels = {};
  double base_mm = 0;  // what it stands on above the mask: another part's top; below 0: inside the board
  // What a design file draws instead of a package of ours; not null: `package` does not count.
  std::shared_ptr<const PartShape> own_shape = {};
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
  // sheet: a rectangle that follows what is under it; blob: a drop with an irregular rim, domed, as thick as it says in
  // its middle; scratch: a line that takes the mask away, crooked, `depth_mm` wide.
  enum class Form { sheet, blob, scratch };
  Form form = Form::sheet;
  imaging::Point centre_mm = imaging::Point::Zero();
  double width_mm = 0;
  double depth_mm = 0;
  double angle_deg = 0;
  double thickness_mm = 0.08;
  double opacity = 1;
  bool cuts_copper = false;  // scratches only: down to the laminate
  Finish finish = {};
  std::string text = {};
  std::string code = {};   // printed as a bar code above the text (sheets only)
  std::uint64_t seed = 0;  // of the irregular rim
};

// A wire soldered at both ends, lying on whatever is under it.
struct Wire {
  imaging::Polygon points_mm = {};
  double diameter_mm = 0.4;
  Finish finish = {};
};

struct BoardDesign {
  double width_mm = 0;
  double depth_mm = 0;
  imaging::Polygon outline_mm = {};  // within width and depth; empty: the rectangle
  MaskColour mask = MaskColour::green;
  std::optional<double> mask_gloss = {};  // 0 matt, 1 polished; nothing: as is usual for the colour
  bool flowing_mask = false;  // it is rounded over the edges of copper, and mirrors the lamp where they lean towards it
  bool gold_pads = false;
  bool boxed_silk = false;  // small parts stand in printed boxes
  std::vector<imaging::Polygon> pours_mm = {};
  bool pours_are_final = false;  // they keep clear of tracks and pads by themselves, as a design file draws them
  std::vector<Trace> traces = {};
  std::vector<Disc> vias = {};
  std::vector<Disc> holes = {};
  std::vector<Lettering> lettering = {};
  std::vector<Trace> silk_lines = {};  // printed outlines and marks besides those of the packages
  std::vector<Part> parts = {};
  std::vector<Wire> wires = {};
  std::vector<Patch> patches = {};
};

// Same style and seed, same board; another seed is another layout.
[[nodiscard]] BoardDesign make_board_design(BoardStyle style, std::uint64_t seed);

// The other side of the same board: its outline, holes and vias mirrored, its own parts.
[[nodiscard]] BoardDesign other_side(const BoardDesign& design, BoardStyle style, std::uint64_t seed);

// Its own shape, or that of its package.
[[nodiscard]] PartShape shape_of(const Part& part);

// Where a point of a part lies on the board, as this specimen sits.
[[nodiscard]] imaging::Point on_board(const Part& part, const imaging::Point& point_in_part);
// The same for its footprint, which does not slip.
[[nodiscard]] imaging::Point on_footprint(const Part& part, const imaging::Point& point_in_part);
// Corners of a box in the part's frame, on the board.
[[nodiscard]] imaging::Polygon outline_on_board(const Part& part, const imaging::Box& box_in_part);

}  // namespace boarddiff::datasets
