// SPDX-License-Identifier: Apache-2.0
#include "datasets/package.h"

#include "datasets/circuit_shapes.h"
#include "datasets/part_shapes.h"

#include <algorithm>
#include <array>

namespace boarddiff::datasets {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 29> kNames = {
    {"r0402",         "c0402",         "r0603",           "c0603",           "r0805",       "c0805",
     "c1210",         "led0603",       "sot23",           "soic8",           "soic16",      "qfn3x3",
     "qfn5x5",        "qfp48",         "qfp100",          "bga10",           "bga17",       "bga27",
     "electrolytic6", "electrolytic8", "inductor4",       "inductor7",       "crystal3225", "crystal_can",
     "header2x5",     "header1x4",     "connector_white", "connector_metal", "dimm_slot"}};

// A table, one entry a package.
PartShape raw_shape(Package package) {  // NOLINT(readability-function-size)
  const Finish white = {{196, 216, 222}, 70, 0};
  const Finish shield = {{190, 192, 192}, 120, 220};
  switch (package) {
    case Package::r0402:
      return resistor(1.0, 0.5, 0.35);
    case Package::c0402:
      return capacitor(1.0, 0.5, 0.5);
    case Package::r0603:
      return resistor(1.6, 0.8, 0.45);
    case Package::c0603:
      return capacitor(1.6, 0.8, 0.8);
    case Package::r0805:
      return resistor(2.0, 1.25, 0.5);
    case Package::c0805:
      return capacitor(2.0, 1.25, 1.0);
    case Package::c1210:
      return capacitor(3.2, 2.5, 1.6);
    case Package::led0603:
      return led();
    case Package::sot23:
      return sot23();
    case Package::soic8:
      return soic(8);
    case Package::soic16:
      return soic(16);
    case Package::qfn3x3:
      return qfn(3, 4);
    case Package::qfn5x5:
      return qfn(5, 8);
    case Package::qfp48:
      return qfp(7, 12, 0.5);
    case Package::qfp100:
      return qfp(14, 25, 0.5);
    case Package::bga10:
      return bga(10, false);
    case Package::bga17:
      return bga(17, false);
    case Package::bga27:
      return bga(27, true);
    case Package::electrolytic6:
      return electrolytic(6.3, 5.8);
    case Package::electrolytic8:
      return electrolytic(8, 9);
    case Package::inductor4:
      return inductor(4, 2);
    case Package::inductor7:
      return inductor(7, 3.8);
    case Package::crystal3225:
      return crystal(3.2, 2.5, 0.8);
    case Package::crystal_can:
      return crystal(11, 4.6, 3.5);
    case Package::header2x5:
      return header(5, 2);
    case Package::header1x4:
      return header(4, 1);
    case Package::connector_white:
      return connector(10, 5.8, 6, white, true);
    case Package::connector_metal:
      return connector(13, 9, 5.5, shield, false);
    case Package::dimm_slot:
      return dimm();
  }
  return {};
}

imaging::Box box_of(const imaging::Point& centre, double width, double depth) {
  return {centre.x() - width / 2, centre.y() - depth / 2, width, depth};
}

}  // namespace

std::string_view name_of(Package package) { return kNames.at(static_cast<std::size_t>(package)); }

PartShape shape_of(Package package) {
  PartShape shape = raw_shape(package);
  shape.body_mm = box_of(shape.solids.front().centre_mm, shape.solids.front().width_mm, shape.solids.front().depth_mm);
  for (const Solid& solid : shape.solids) {
    shape.body_mm = imaging::hull(shape.body_mm, box_of(solid.centre_mm, solid.width_mm, solid.depth_mm));
    shape.top_mm = std::max(shape.top_mm, solid.top_mm);
  }
  shape.courtyard_mm = shape.body_mm;
  for (const Pad& pad : shape.pads) {
    shape.courtyard_mm = imaging::hull(shape.courtyard_mm, box_of(pad.centre_mm, pad.width_mm, pad.depth_mm));
  }
  return shape;
}

}  // namespace boarddiff::datasets
