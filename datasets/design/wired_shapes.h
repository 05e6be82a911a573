// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

// Private: shapes of parts whose wires go through holes. Lengths in millimetres.
namespace boarddiff::datasets {

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
