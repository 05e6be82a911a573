// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// What a .kicad_pcb file (KiCad 5 and later) says about a board. Millimetres of the board frame: origin at the upper
// left corner of the outline as seen from the front, x to the right, y down, for both sides. Angles are clockwise as
// seen from the front (KiCad's own are not). Layers have KiCad's standard names: F.Cu, In1.Cu, B.SilkS, ...

enum class KicadSide { front, back };

// A line or area, with curves as chains of short straight pieces (within 0.02 mm).
struct KicadGraphic {
  std::string layer = {};
  imaging::Polygon points_mm = {};
  bool closed = false;
  bool filled = false;
  double width_mm = 0;  // of the line
};

struct KicadText {
  std::string layer = {};
  std::string text = {};  // lines separated by '\n'
  imaging::Point anchor_mm = imaging::Point::Zero();
  double angle_deg = 0;   // as drawn
  double height_mm = 0;   // of a capital letter
  int align_x = 0;        // where the anchor is in the text as it is read: -1 at its left end, 1 at its right end
  int align_y = 0;        // -1 at its top, 1 at its bottom
  bool mirrored = false;  // to be read from the back
  bool hidden = false;
};

struct KicadPad {
  enum class Kind { surface, plated_hole, bare_hole };
  enum class Shape { rectangle, round_rectangle, circle, oval, trapezoid, custom };
  std::string number = {};
  Kind kind = Kind::surface;
  Shape shape = Shape::rectangle;
  imaging::Point position_mm = imaging::Point::Zero();  // of the hole, in the footprint's frame
  imaging::Point offset_mm = imaging::Point::Zero();    // of the copper from there, in the pad's frame
  double angle_deg = 0;                                 // in the footprint's frame
  imaging::Point size_mm = imaging::Point::Zero();
  imaging::Point drill_mm = imaging::Point::Zero();  // width and height of the hole; 0: none
  std::vector<std::string> layers = {};              // may hold *.Cu, F&B.Cu
  std::vector<imaging::Polygon> areas_mm = {};       // of a custom pad, in the pad's frame
};

// Its own frame: origin at its anchor, turned with it. The frame of a footprint on the back is seen from the front, as
// KiCad keeps it: its pads are already mirrored.
struct KicadFootprint {
  std::string reference = {};
  std::string value = {};
  std::string name = {};  // without the library
  std::string library = {};
  KicadSide side = KicadSide::front;
  imaging::Point position_mm = imaging::Point::Zero();
  double angle_deg = 0;
  bool through_hole = false;  // as the file says
  bool surface_mount = false;
  bool do_not_populate = false;
  bool not_in_bom = false;
  bool not_in_position_files = false;
  std::vector<KicadPad> pads = {};
  std::vector<KicadGraphic> graphics = {};
  std::vector<KicadText> texts = {};
  std::optional<imaging::Box> courtyard_mm = {};
  std::optional<imaging::Box> body_mm = {};  // drawn on the fabrication layer

  [[nodiscard]] imaging::Point on_board(const imaging::Point& in_footprint) const;
};

struct KicadTrack {
  std::string layer = {};
  imaging::Polygon points_mm = {};
  double width_mm = 0;
};

struct KicadVia {
  imaging::Point centre_mm = imaging::Point::Zero();
  double diameter_mm = 0;
  double drill_mm = 0;
  std::string first_layer = {};
  std::string last_layer = {};
};

struct KicadFill {  // copper of a zone; may touch itself where a hole is joined to the rim
  std::string layer = {};
  imaging::Polygon outline_mm = {};
};

struct KicadBoard {
  int version = 0;
  double width_mm = 0;
  double depth_mm = 0;
  double thickness_mm = 1.6;
  std::string front_mask = {};  // colour in the file's words, such as "Green"; empty: not said
  std::string back_mask = {};
  std::string finish = {};                        // of the pads, such as "ENIG"
  imaging::Polygon outline_mm = {};               // the largest closed shape of Edge.Cuts
  std::vector<imaging::Polygon> cutouts_mm = {};  // within it
  std::vector<KicadFootprint> footprints = {};
  std::vector<KicadTrack> tracks = {};
  std::vector<KicadVia> vias = {};
  std::vector<KicadFill> fills = {};
  std::vector<KicadGraphic> graphics = {};  // of the board itself; without Edge.Cuts
  std::vector<KicadText> texts = {};
  std::vector<std::string> notes = {};  // what is odd but usable
};

// Whether one of these layers, with KiCad's *.Cu and F&B.Cu, is this one.
[[nodiscard]] bool covers(const std::vector<std::string>& layers, std::string_view layer);

// Unknown parts of the file are skipped. Throws imaging::Error: unreadable_file, too_large (256 MB), unsupported_format
// for something else than a KiCad board, damaged_file with the line and the reason.
[[nodiscard]] KicadBoard read_kicad_board(const std::filesystem::path& path);
// The same from a text; `name` stands for the file in messages.
[[nodiscard]] KicadBoard parse_kicad_board(std::string text, const std::string& name);

}  // namespace boarddiff::compare
