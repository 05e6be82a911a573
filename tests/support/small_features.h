// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"

namespace boarddiff::test {

// Three made-up features of a photograph of 120 x 90 pixels, with numbers that only all their bits give back.
[[nodiscard]] imaging::PreparedFeatures small_features();

}  // namespace boarddiff::test
