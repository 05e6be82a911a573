// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/kicad_board.h"
#include "datasets/design/package.h"

#include <string>
#include <vector>

// Private to design_from_kicad: a footprint of a design file, seen from one side of the board, in a frame that a
// PartShape can use.
namespace boarddiff::datasets {

struct SeenPad {
  Pad pad = {};          // copper on this side
  double drill_mm = 0;   // 0: none
  bool first = false;    // pin 1
  bool soldered = true;  // false: only a hole through which something is put
};

enum class PartKind {
  nothing,  // pads, holes or a print, and never a part
  resistor,
  capacitor,
  inductor,
  diode,
  led,
  crystal,
  electrolytic,
  circuit,  // moulded, with pins around it or pads or balls under it
  header,
  dual_in_line,
  axial,
  radial_can,  // standing on two wires
  radial_block,
  power_tab,
  connector,
  button,
  block,
};

struct SeenFootprint {
  std::string name = {};                              // in small letters
  char letter = 'U';                                  // of the reference
  bool wired = false;                                 // some pad has a hole
  imaging::Point middle_mm = imaging::Point::Zero();  // origin of the frame, on the board as seen
  double angle_deg = 0;                               // of the frame, clockwise as seen
  imaging::Point body_mm = imaging::Point::Zero();    // width and depth, middle at the origin
  std::vector<SeenPad> pads = {};
};

// `width_mm` of the board mirrors what is seen from the back. The frame's x axis runs along the longer body, or from
// pad to pad where there are two.
[[nodiscard]] SeenFootprint seen_footprint(const compare::KicadFootprint& footprint, compare::KicadSide seen_from,
                                           double width_mm);

// By the footprint's name, the reference and the pads.
[[nodiscard]] PartKind kind_of(const SeenFootprint& footprint);

// A point of the board's front, as seen.
[[nodiscard]] imaging::Point seen(const imaging::Point& on_board, compare::KicadSide from, double width_mm);

}  // namespace boarddiff::datasets
