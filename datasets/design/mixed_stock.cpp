// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/mixed_stock.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::datasets {
namespace {

using imaging::Random;
using P = Package;
using M = MaskColour;

constexpr std::array kMasks = {M::green, M::blue, M::red, M::black, M::white, M::bare};
constexpr std::array kEdge = {P::usb_a, P::rj45, P::connector_metal, P::usb_c, P::connector_white, P::screw_terminal};
constexpr std::array kSmall = {P::r0402, P::c0402, P::r0603,   P::c0603,          P::r0805,
                               P::c0805, P::c1210, P::led0603, P::axial_resistor, P::disc_capacitor};

// Largest first: they find room while there is some. Counts are the most on a board of 90 cm2.
constexpr std::array<StockItem, 38> kLarge = {{
    {P::heatsink40, 1},
    {P::dimm_slot, 2, true},
    {P::pcie_slot, 1, true},
    {P::heatsink25, 1},
    {P::coin_cell, 1},
    {P::relay, 1},
    {P::bga17, 1},
    {P::qfp100, 1},
    {P::power_connector, 1},
    {P::to220, 2, true},
    {P::radial10, 3},
    {P::dip16, 3, true},
    {P::choke10, 3, true},
    {P::film_capacitor, 2},
    {P::polymer_can, 4, true},
    {P::bga10, 2},
    {P::electrolytic6, 3, true},
    {P::inductor7, 2},
    {P::qfp48, 2},
    {P::header2x5, 1},
    {P::soic16, 3},
    {P::dip8, 2},
    {P::trimmer, 2},
    {P::crystal_can, 1},
    {P::radial5, 4},
    {P::tact_switch, 2},
    {P::to92, 4},
    {P::axial_diode, 4, true},
    {P::led5, 3, true},
    {P::disc_capacitor, 5},
    {P::connector_white, 2},
    {P::soic8, 6},
    {P::tssop20, 2},
    {P::qfn5x5, 4},
    {P::sot223, 3},
    {P::crystal3225, 2},
    {P::resistor_array, 8},
    {P::sot23, 14},
}};

template <class Value, std::size_t Count>
const Value& one_of(const std::array<Value, Count>& values, Random& random) {
  return values.at(static_cast<std::size_t>(random.integer(0, static_cast<int>(Count) - 1)));
}

}  // namespace

BoardStock mixed_stock(Random random) {
  constexpr double kUsualArea = 9000;  // mm2
  const double width = random.uniform(58, 125);
  BoardStock stock{
      .size_mm = {width, width * random.uniform(0.65, 0.8)}, .masks = {one_of(kMasks, random)}, .any_mask = true};
  const double room = stock.size_mm.prod() / kUsualArea;
  const int sockets = random.integer(1, 1 + static_cast<int>(width / 30));
  for (int i = 0; i < sockets; ++i) stock.edge.push_back(one_of(kEdge, random));
  for (StockItem item : kLarge) {
    item.count = static_cast<int>(std::lround(random.uniform(-0.5, 1.2) * item.count * room));
    if (item.count > 0) stock.large.push_back(item);
  }
  for (int i = 0; i < 5; ++i) stock.small.push_back(one_of(kSmall, random));
  stock.rows_per_cm2 = std::exp(random.uniform(std::log(0.6), std::log(9.0)));
  stock.beside_chips = random.integer(2, 14);
  stock.boxed_silk = random.chance(0.5);
  stock.label_height_mm = random.uniform(0.65, 1.1);
  stock.copper = random.chance(0.2) ? CopperFor::power : CopperFor::signals;
  return stock;
}

}  // namespace boarddiff::datasets
