// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

namespace boarddiff::datasets {

// Pads, solids and inner parts of families of packages, in millimetres; what follows from them (body, courtyard, top)
// is left to shape_of.
[[nodiscard]] PartShape resistor(double length, double width, double top);
[[nodiscard]] PartShape capacitor(double length, double width, double top);
[[nodiscard]] PartShape resistor_array();
[[nodiscard]] PartShape led();
[[nodiscard]] PartShape electrolytic(double diameter, double top);
[[nodiscard]] PartShape inductor(double side, double top);
[[nodiscard]] PartShape crystal(double length, double width, double top);
[[nodiscard]] PartShape header(int columns, int rows);
[[nodiscard]] PartShape connector(double length, double depth, double top, const Finish& shell, bool open);
[[nodiscard]] PartShape dimm();

}  // namespace boarddiff::datasets
