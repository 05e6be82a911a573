// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

// Private: shapes of parts whose wires go through holes. Lengths in millimetres.
namespace boarddiff::datasets {

// A lying body between two bent wires: rings for a resistor (the shape's letter says which), a bar for a diode, a
// sleeve for a capacitor.
struct AxialBody {
  double reach = 5.08;  // from the middle to a wire's hole
  double length = 6;
  double thickness = 2;
  bool bar_left = false;  // diodes: the cathode is at the left
};
void add_axial_body(PartShape& shape, const AxialBody& body);

// A standing electrolytic capacitor in its printed sleeve.
void add_sleeved_can(PartShape& shape, double diameter, double top);

// `diameter` of the rim.
void add_led_lens(PartShape& shape, double diameter);

[[nodiscard]] PartShape dip(int pins);
[[nodiscard]] PartShape axial_resistor();
[[nodiscard]] PartShape axial_diode();
[[nodiscard]] PartShape disc_capacitor();
[[nodiscard]] PartShape radial_electrolytic(double diameter, double top);
[[nodiscard]] PartShape film_capacitor();
[[nodiscard]] PartShape to92();
[[nodiscard]] PartShape to220();
[[nodiscard]] PartShape screw_terminal(int ways);
[[nodiscard]] PartShape relay();
[[nodiscard]] PartShape trimmer();
[[nodiscard]] PartShape led5();

}  // namespace boarddiff::datasets
