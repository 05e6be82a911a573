// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

namespace boarddiff::datasets {

// Families of transistors and integrated circuits; as in part_shapes.h.
[[nodiscard]] PartShape sot23();
[[nodiscard]] PartShape soic(int pins);
[[nodiscard]] PartShape sot223();
[[nodiscard]] PartShape tssop(int pins);
[[nodiscard]] PartShape qfp(double side, int row, double pitch);
[[nodiscard]] PartShape qfn(double side, int row);

// A grid of balls under a substrate; the lid is a moulding or, on large ones, a metal cap.
[[nodiscard]] PartShape bga(double side, bool metal_cap);

// Silicon and bond wires alone, for X-rays: nothing of it is seen from outside.
[[nodiscard]] PartShape bare_die();

}  // namespace boarddiff::datasets
