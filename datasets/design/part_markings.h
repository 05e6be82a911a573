// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/package.h"
#include "imaging/base/random.h"

#include <string>

namespace boarddiff::datasets {

// "XK4071": letters, then digits.
[[nodiscard]] std::string part_code(imaging::Random& random, int letters, int digits);

// What a maker prints on such a part, lines separated by '\n'; the last line of a chip's begins with year and week.
[[nodiscard]] std::string marking_of(Package package, imaging::Random& random);

}  // namespace boarddiff::datasets
