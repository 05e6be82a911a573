// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "compare/placement.h"

#include <array>
#include <optional>
#include <string_view>

namespace boarddiff::cli {

// Of the commands that list parts: which side of the board.
enum class ListedSides { both, top, bottom };
inline constexpr std::array kListedSides = {ListedSides::both, ListedSides::top, ListedSides::bottom};
[[nodiscard]] std::string_view name_of(ListedSides sides);
// Nothing: both.
[[nodiscard]] std::optional<compare::BoardSide> side_of(ListedSides sides);

[[nodiscard]] FlagGroup part_flags(compare::PartOptions& options);
[[nodiscard]] FlagGroup design_fit_flags(compare::DesignFitOptions& options);

}  // namespace boarddiff::cli
