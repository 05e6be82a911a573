// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/package.h"

#include "datasets/design/circuit_shapes.h"
#include "datasets/design/housing_shapes.h"
#include "datasets/design/part_shapes.h"
#include "datasets/design/power_shapes.h"
#include "datasets/design/wired_shapes.h"

#include <algorithm>
#include <array>

namespace boarddiff::datasets {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, static_cast<std::size_t>(Package::last) + 1> kNames = {{"r0402",
                                                                                               "c0402",
                                                                                               "r0603",
                                                                                               "c0603",
                                                                                               "r0805",
                                                                                               "c0805",
                                                                                               "c1210",
                                                                                               "led0603",
                                                                                               "sot23",
                                                                                               "soic8",
                                                                                               "soic16",
                                                                                               "qfn3x3",
                                                                                               "qfn5x5",
                                                                                               "qfp48",
                                                                                               "qfp100",
                                                                                               "bga10",
                                                                                               "bga17",
                                                                                               "bga27",
                                                                                               "electrolytic6",
                                                                                               "electrolytic8",
                                                                                               "inductor4",
                                                                                               "inductor7",
                                                                                               "crystal3225",
                                                                                               "crystal_can",
                                                                                               "header2x5",
                                                                                               "header1x4",
                                                                                               "connector_white",
                                                                                               "connector_metal",
                                                                                               "dimm_slot",
                                                                                               "resistor_array",
                                                                                               "sot223",
                                                                                               "tssop20",
                                                                                               "polymer_can",
                                                                                               "choke10",
                                                                                               "tact_switch",
                                                                                               "shield12",
                                                                                               "shield20",
                                                                                               "fpc_connector",
                                                                                               "usb_c",
                                                                                               "coax_jack",
                                                                                               "heatsink25",
                                                                                               "heatsink40",
                                                                                               "rj45",
                                                                                               "rj45_gang",
                                                                                               "pcie_slot",
                                                                                               "power_connector",
                                                                                               "coin_cell",
                                                                                               "usb_a",
                                                                                               "dip8",
                                                                                               "dip16",
                                                                                               "axial_resistor",
                                                                                               "axial_diode",
                                                                                               "disc_capacitor",
                                                                                               "radial5",
                                                                                               "radial10",
                                                                                               "film_capacitor",
                                                                                               "to92",
                                                                                               "to220",
                                                                                               "screw_terminal",
                                                                                               "relay",
                                                                                               "trimmer",
                                                                                               "led5",
                                                                                               "electrolytic18",
                                                                                               "transformer28",
                                                                                               "toroid22",
                                                                                               "heatsink_bar",
                                                                                               "fuse20",
                                                                                               "bare_die"}};

// A table, one entry a package.
PartShape raw_shape(Package package) {  // NOLINT(readability-function-size)
  const Finish white = {{196, 216, 222}, 70, 0};
  const Finish shield = {{160, 165, 168}, 150, 225};
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
    case Package::resistor_array:
      return resistor_array();
    case Package::sot223:
      return sot223();
    case Package::tssop20:
      return tssop(20);
    case Package::polymer_can:
      return polymer_can(8, 8);
    case Package::choke10:
      return choke(10, 7);
    case Package::tact_switch:
      return tact_switch();
    case Package::shield12:
      return shield_can(12, 10);
    case Package::shield20:
      return shield_can(20, 15);
    case Package::fpc_connector:
      return fpc_connector(20);
    case Package::usb_c:
      return metal_socket(9, 7.4, 3.2);
    case Package::coax_jack:
      return coax_jack();
    case Package::heatsink25:
      return heat_sink(25, 9);
    case Package::heatsink40:
      return heat_sink(38, 14);
    case Package::rj45:
      return network_socket(1);
    case Package::rj45_gang:
      return network_socket(4);
    case Package::pcie_slot:
      return card_slot(25);
    case Package::power_connector:
      return power_connector(6);
    case Package::coin_cell:
      return coin_cell();
    case Package::usb_a:
      return metal_socket(13.2, 14, 7);
    case Package::dip8:
      return dip(8);
    case Package::dip16:
      return dip(16);
    case Package::axial_resistor:
      return axial_resistor();
    case Package::axial_diode:
      return axial_diode();
    case Package::disc_capacitor:
      return disc_capacitor();
    case Package::radial5:
      return radial_electrolytic(5, 11);
    case Package::radial10:
      return radial_electrolytic(10, 16);
    case Package::film_capacitor:
      return film_capacitor();
    case Package::to92:
      return to92();
    case Package::to220:
      return to220();
    case Package::screw_terminal:
      return screw_terminal(3);
    case Package::relay:
      return relay();
    case Package::trimmer:
      return trimmer();
    case Package::led5:
      return led5();
    case Package::electrolytic18:
      return snap_in_electrolytic(18, 25);
    case Package::transformer28:
      return transformer();
    case Package::toroid22:
      return toroid(22, 11);
    case Package::heatsink_bar:
      return heat_sink_bar(42, 14, 18);
    case Package::fuse20:
      return fuse();
    case Package::bare_die:
      return bare_die();
  }
  return {};
}

imaging::Box box_of(const imaging::Point& centre, double width, double depth) {
  return {centre.x() - width / 2, centre.y() - depth / 2, width, depth};
}

}  // namespace

std::string_view name_of(Package package) { return kNames.at(static_cast<std::size_t>(package)); }

std::optional<Package> package_named(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Package>(found - kNames.begin());
}

// A table as well.
compare::ComponentKind kind_of(Package package) {  // NOLINT(readability-function-size)
  using compare::ComponentKind;
  switch (package) {
    case Package::soic8:
    case Package::soic16:
    case Package::tssop20:
    case Package::qfn3x3:
    case Package::qfn5x5:
    case Package::qfp48:
    case Package::qfp100:
    case Package::bga10:
    case Package::bga17:
    case Package::bga27:
    case Package::dip8:
    case Package::dip16:
    case Package::bare_die:
      return ComponentKind::ic;
    case Package::r0402:
    case Package::c0402:
    case Package::r0603:
    case Package::c0603:
    case Package::r0805:
    case Package::c0805:
    case Package::c1210:
    case Package::led0603:
    case Package::axial_resistor:
    case Package::axial_diode:
    case Package::disc_capacitor:
    case Package::film_capacitor:
      return ComponentKind::passive;
    case Package::electrolytic6:
    case Package::electrolytic8:
    case Package::electrolytic18:
    case Package::radial5:
    case Package::radial10:
    case Package::polymer_can:
      return ComponentKind::electrolytic;
    case Package::header2x5:
    case Package::header1x4:
    case Package::connector_white:
    case Package::connector_metal:
    case Package::dimm_slot:
    case Package::fpc_connector:
    case Package::usb_c:
    case Package::usb_a:
    case Package::coax_jack:
    case Package::rj45:
    case Package::rj45_gang:
    case Package::pcie_slot:
    case Package::power_connector:
    case Package::screw_terminal:
      return ComponentKind::connector;
    case Package::inductor4:
    case Package::inductor7:
    case Package::choke10:
    case Package::transformer28:
    case Package::toroid22:
      return ComponentKind::inductor;
    case Package::crystal3225:
    case Package::crystal_can:
      return ComponentKind::crystal;
    case Package::shield12:
    case Package::shield20:
    case Package::heatsink25:
    case Package::heatsink40:
    case Package::heatsink_bar:
      return ComponentKind::shield;
    case Package::sot23:
    case Package::sot223:
    case Package::to92:
    case Package::to220:
    case Package::resistor_array:
    case Package::tact_switch:
    case Package::coin_cell:
    case Package::relay:
    case Package::trimmer:
    case Package::led5:
    case Package::fuse20:
      return ComponentKind::other;
  }
  return ComponentKind::other;
}

PartShape shape_of(Package package) {
  PartShape shape = raw_shape(package);
  if (shape.solids.empty()) {
    // Nothing to see: what X-rays see is its body.
    const Solid& die = shape.inner.front();
    shape.body_mm = shape.courtyard_mm = box_of(die.centre_mm, die.width_mm, die.depth_mm);
    return shape;
  }
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
