// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace boarddiff::compare {

// The first ten: "R1, R2, R3" or "R1, R2, [...] and 14 more".
[[nodiscard]] std::string name_list(const std::vector<std::string>& names);

}  // namespace boarddiff::compare
