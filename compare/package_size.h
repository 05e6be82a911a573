// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <optional>
#include <string_view>

namespace boarddiff::compare {

// The sides of a part's body in millimetres, the longer first, as far as the name of its package tells them:
// "R_0603_1608Metric" (metric code), "C0805" (EIA code), "QFN-32-1EP_5x5mm_P0.5mm", "SOT-23", "SO8"; nothing for
// others.
[[nodiscard]] std::optional<imaging::Point> size_in_package_name(std::string_view name);

}  // namespace boarddiff::compare
