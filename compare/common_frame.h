// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

namespace boarddiff::compare {

// The second in the frame of the first: design files of one board differ in where their origin lies. Moved by the
// median of how far the parts that both name lie apart, and noted where that is more than a hundredth of a millimetre;
// as it is where they name none alike.
[[nodiscard]] Placement in_frame_of(const Placement& first, Placement second);

}  // namespace boarddiff::compare
