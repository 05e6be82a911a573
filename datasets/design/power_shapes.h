// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"

namespace boarddiff::datasets {

// Large parts of boards that convert power, in millimetres; what follows from them is left to shape_of.
[[nodiscard]] PartShape snap_in_electrolytic(double diameter, double top);
[[nodiscard]] PartShape transformer();
[[nodiscard]] PartShape toroid(double diameter, double top);
[[nodiscard]] PartShape heat_sink_bar(double length, double depth, double top);
[[nodiscard]] PartShape fuse();

}  // namespace boarddiff::datasets
