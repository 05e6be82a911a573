// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_stock.h"
#include "imaging/base/random.h"

namespace boarddiff::datasets {

// A stock that is drawn anew for each board: size, colour, density and parts, of those that servers, controllers and
// through-hole boards carry. What is fitted to such boards does not learn what only one style looks like.
[[nodiscard]] BoardStock mixed_stock(imaging::Random random);

}  // namespace boarddiff::datasets
