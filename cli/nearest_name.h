// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// "; did you mean inspect?" when one of the names is a slip of the finger away from the text, else nothing.
[[nodiscard]] std::string suggestion(std::string_view text, const std::vector<std::string>& names);

}  // namespace boarddiff::cli
