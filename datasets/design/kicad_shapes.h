// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/seen_footprint.h"

#include <string>

// Private to design_from_kicad.
namespace boarddiff::datasets {

// The part that belongs on a footprint, as large as its pads and its body say; pads as in the file.
[[nodiscard]] PartShape part_on(const SeenFootprint& footprint, PartKind kind);

// What is seen of a wired part from the other side of the board: solder and the ends of wires.
[[nodiscard]] PartShape solder_side_of(const SeenFootprint& footprint);

// Pads alone.
[[nodiscard]] PartShape bare_footprint(const SeenFootprint& footprint);

// What a maker prints on a part with this value: "103" on a resistor of 10k, the first words on a circuit.
[[nodiscard]] std::string marking_of(PartKind kind, const std::string& value);

}  // namespace boarddiff::datasets
