// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/board_stock.h"

#include "datasets/design/mixed_stock.h"

namespace boarddiff::datasets {
namespace {

using P = Package;
using M = MaskColour;

BoardStock server() {
  return {
      .size_mm = {124, 94},
      .masks = {M::green, M::green, M::blue, M::black},
      .edge = {P::usb_a, P::rj45, P::rj45, P::usb_a, P::connector_metal},
      .large = {{P::dimm_slot, 3, true}, {P::heatsink40, 1},      {P::pcie_slot, 2, true}, {P::power_connector, 1},
                {P::heatsink25, 1},      {P::coin_cell, 1},       {P::choke10, 4, true},   {P::polymer_can, 6, true},
                {P::bga17, 1},           {P::qfp100, 1},          {P::bga10, 2},           {P::soic16, 2},
                {P::header2x5, 2},       {P::qfp48, 1},           {P::qfn5x5, 5},          {P::soic8, 7},
                {P::tssop20, 3},         {P::qfn3x3, 5},          {P::inductor4, 3},       {P::crystal3225, 3},
                {P::sot223, 2},          {P::connector_white, 2}, {P::resistor_array, 10}, {P::sot23, 22},
                {P::header1x4, 2}},
      .small = {P::r0402, P::c0402, P::r0402, P::c0402, P::r0603, P::c0603, P::c0805, P::r0402, P::c0402, P::c1210,
                P::led0603},
      .rows_per_cm2 = 6,
      .beside_chips = 10,
      .boxed_silk = false,
      .label_height_mm = 0.7};
}

BoardStock network_switch() {
  return {.size_mm = {120, 84},
          .masks = {M::green, M::green, M::blue},
          .edge = {P::rj45_gang, P::rj45, P::connector_metal},
          .large = {{P::heatsink25, 1},
                    {P::bga17, 1},
                    {P::qfp100, 2},
                    {P::soic16, 4, true},
                    {P::electrolytic8, 3, true},
                    {P::inductor7, 2},
                    {P::header2x5, 1},
                    {P::connector_white, 1},
                    {P::crystal_can, 1},
                    {P::soic8, 4},
                    {P::qfn5x5, 3},
                    {P::sot223, 3},
                    {P::crystal3225, 2},
                    {P::tact_switch, 1},
                    {P::inductor4, 3},
                    {P::resistor_array, 14},
                    {P::sot23, 12},
                    {P::header1x4, 1}},
          .small = {P::r0603, P::c0603, P::r0402, P::c0402, P::c0603, P::r0603, P::c0805, P::led0603},
          .rows_per_cm2 = 2.4,
          .beside_chips = 8,
          .boxed_silk = true,
          .label_height_mm = 0.85};
}

BoardStock controller() {
  return {.size_mm = {62, 46},
          .masks = {M::green, M::blue, M::red, M::black, M::white},
          .edge = {P::usb_c, P::connector_white, P::connector_white},
          .large = {{P::qfp48, 1},
                    {P::header2x5, 1},
                    {P::electrolytic6, 3, true},
                    {P::inductor7, 1},
                    {P::soic16, 1},
                    {P::soic8, 3},
                    {P::qfn5x5, 1},
                    {P::crystal_can, 1},
                    {P::tact_switch, 2},
                    {P::sot223, 1},
                    {P::sot23, 7},
                    {P::resistor_array, 3},
                    {P::header1x4, 1}},
          .small = {P::r0603, P::r0603, P::c0603, P::c0805, P::r0805, P::r0402, P::c0402, P::led0603},
          .rows_per_cm2 = 3.2,
          .beside_chips = 7,
          .boxed_silk = true,
          .label_height_mm = 0.85};
}

BoardStock handheld() {
  return {.size_mm = {64, 44},
          .masks = {M::black, M::black, M::blue, M::green},
          .edge = {P::usb_c},
          .large = {{P::shield20, 1},
                    {P::bga17, 1},
                    {P::bga10, 3},
                    {P::shield12, 1},
                    {P::fpc_connector, 3},
                    {P::qfn5x5, 3},
                    {P::inductor4, 5},
                    {P::qfn3x3, 6},
                    {P::coax_jack, 3},
                    {P::crystal3225, 3},
                    {P::resistor_array, 5},
                    {P::soic8, 1},
                    {P::sot23, 9}},
          .small = {P::r0402, P::c0402, P::r0402, P::c0402, P::c0402, P::r0402, P::c0402, P::c0603, P::r0603},
          .rows_per_cm2 = 16,
          .beside_chips = 16,
          .boxed_silk = false,
          .label_height_mm = 0.55};
}

BoardStock through_hole() {
  return {.size_mm = {96, 70},
          .masks = {M::green, M::bare, M::bare, M::green},
          .edge = {P::screw_terminal, P::screw_terminal, P::connector_white},
          .large = {{P::relay, 1},
                    {P::to220, 2, true},
                    {P::radial10, 3},
                    {P::dip16, 3, true},
                    {P::film_capacitor, 2},
                    {P::dip8, 2},
                    {P::crystal_can, 1},
                    {P::radial5, 5},
                    {P::trimmer, 2},
                    {P::to92, 5},
                    {P::axial_diode, 5, true},
                    {P::led5, 3, true},
                    {P::disc_capacitor, 9},
                    {P::header1x4, 1}},
          .small = {P::axial_resistor, P::axial_resistor, P::axial_resistor, P::disc_capacitor, P::axial_diode},
          .rows_per_cm2 = 0.75,
          .beside_chips = 2,
          .boxed_silk = true,
          .label_height_mm = 1.3};
}

// Few large parts, and a corner of control beside them.
BoardStock motor_drive() {
  return {.size_mm = {132, 88},
          .masks = {M::white, M::white, M::yellow},
          .edge = {P::screw_terminal, P::screw_terminal, P::connector_white},
          .large = {{P::heatsink_bar, 1},
                    {P::transformer28, 1},
                    {P::electrolytic18, 2, true},
                    {P::toroid22, 1},
                    {P::to220, 3, true},
                    {P::fuse20, 1},
                    {P::film_capacitor, 2},
                    {P::radial10, 2},
                    {P::electrolytic8, 2, true},
                    {P::choke10, 2},
                    {P::axial_diode, 2},
                    {P::qfp48, 1},
                    {P::soic16, 2},
                    {P::soic8, 3},
                    {P::sot223, 2},
                    {P::inductor7, 1},
                    {P::sot23, 8},
                    {P::led5, 2, true},
                    {P::header2x5, 1}},
          .small = {P::r0805, P::c0805, P::r0805, P::r0603, P::c0603, P::c1210},
          .rows_per_cm2 = 0.45,
          .beside_chips = 9,
          .boxed_silk = true,
          .label_height_mm = 1.0,
          .copper = CopperFor::power};
}

}  // namespace

BoardStock stock_of(BoardStyle style, const imaging::Random& random) {
  switch (style) {
    case BoardStyle::server:
      return server();
    case BoardStyle::network_switch:
      return network_switch();
    case BoardStyle::controller:
      return controller();
    case BoardStyle::handheld:
      return handheld();
    case BoardStyle::through_hole:
      return through_hole();
    case BoardStyle::motor_drive:
      return motor_drive();
    case BoardStyle::mixed:
      return mixed_stock(random);
  }
  return controller();
}

}  // namespace boarddiff::datasets
