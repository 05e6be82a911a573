// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/component_kind.h"
#include "imaging/base/frames.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace boarddiff::datasets {

enum class Package {
  r0402,
  c0402,
  r0603,
  c0603,
  r0805,
  c0805,
  c1210,
  led0603,
  sot23,
  soic8,
  soic16,
  qfn3x3,
  qfn5x5,
  qfp48,
  qfp100,
  bga10,
  bga17,
  bga27,
  electrolytic6,
  electrolytic8,
  inductor4,
  inductor7,
  crystal3225,
  crystal_can,
  header2x5,
  header1x4,
  connector_white,
  connector_metal,
  dimm_slot,
  // Surface mounted, of boards with much in little room.
  resistor_array,
  sot223,
  tssop20,
  polymer_can,
  choke10,
  tact_switch,
  shield12,
  shield20,
  fpc_connector,
  usb_c,
  coax_jack,
  // Tall, of servers and switches.
  heatsink25,
  heatsink40,
  rj45,
  rj45_gang,
  pcie_slot,
  power_connector,
  coin_cell,
  usb_a,
  // With wires through holes.
  dip8,
  dip16,
  axial_resistor,
  axial_diode,
  disc_capacitor,
  radial5,
  radial10,
  film_capacitor,
  to92,
  to220,
  screw_terminal,
  relay,
  trimmer,
  led5,
  // Large, of boards that convert power.
  electrolytic18,
  transformer28,
  toroid22,
  heatsink_bar,
  fuse20,
  // No package at all: silicon with bond wires, for what X-rays shall find.
  bare_die,
  last = bare_die,
};
[[nodiscard]] std::string_view name_of(Package package);
[[nodiscard]] std::optional<Package> package_named(std::string_view name);
[[nodiscard]] compare::ComponentKind kind_of(Package package);

// How a surface looks: colour in sRGB (BGR, 8 bits), gloss and metal from 0 to 255.
struct Finish {
  cv::Vec3b colour = {};
  unsigned char gloss = 0;
  unsigned char metal = 0;
};

// One piece of a part in the part's own frame: millimetres, x to the right, y down, origin at the middle.
struct Solid {
  enum class Form { box, cylinder, half_moon };  // half_moon: the left quarter of a cylinder's top
  Form form = Form::box;
  imaging::Point centre_mm = imaging::Point::Zero();
  double width_mm = 0;
  double depth_mm = 0;  // along y
  double top_mm = 0;    // above what the part stands on; 0: only a colour, on whatever is there
  double bevel_mm = 0;
  Finish finish = {};
  double xray = 0;      // attenuation of the whole thickness, natural logarithm
  bool tinted = false;  // takes the colour of the specimen (Part::tone)
};

struct Pad {
  imaging::Point centre_mm = imaging::Point::Zero();
  double width_mm = 0;
  double depth_mm = 0;
  bool round = false;
};

// What a package looks like, populated (solids) or not (pads and outline only).
struct PartShape {
  std::vector<Pad> pads = {};
  std::vector<Solid> solids = {};  // painted in this order
  std::vector<Solid> inner = {};   // seen by X-rays only: lead frames, dies, windings
  imaging::Box body_mm = {};       // all solids
  imaging::Box courtyard_mm = {};  // body and pads
  double top_mm = 0;
  double text_width_mm = 0;  // room for markings on top; 0: none
  double text_depth_mm = 0;
  cv::Vec3b text_colour = {};
  char letter = 'U';  // of the designator
};
[[nodiscard]] PartShape shape_of(Package package);

}  // namespace boarddiff::datasets
