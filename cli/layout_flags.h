// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/flag.h"
#include "cli/layout_input.h"
#include "cli/list_output.h"
#include "cli/scale_flags.h"
#include "compare/design_fit.h"
#include "compare/picture_layout.h"
#include "compare/placement.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::cli {

// Of the commands that list parts: which side of the board.
enum class ListedSides { both, top, bottom };
inline constexpr std::array kListedSides = {ListedSides::both, ListedSides::top, ListedSides::bottom};
[[nodiscard]] std::string_view name_of(ListedSides sides);
// Nothing: both.
[[nodiscard]] std::optional<compare::BoardSide> side_of(ListedSides sides);

[[nodiscard]] FlagGroup part_flags(compare::PartOptions& options);
[[nodiscard]] FlagGroup design_fit_flags(compare::DesignFitOptions& options);

// --cad.places, where parts of the design are seen: "U1:120,340;J2:2200.5,310;R7:150,1890". Empty: not given.
[[nodiscard]] Flag places_flag(std::string& text);
struct ParsedPlaces {
  std::vector<compare::NamedPlace> places = {};
  std::vector<imaging::OptionProblem> problems = {};
};
[[nodiscard]] ParsedPlaces parse_places(const std::string& text);

// Of the commands that list parts: their own flags, how the list is written, and how its files are read. The pointers
// live as long as the arguments.
struct ListArguments {
  ListedSides sides = ListedSides::both;
  ListOutput output = {};
  ScaleArguments scale = {};
  bool quiet = false;
  int threads = 0;
};
[[nodiscard]] std::vector<FlagGroup> list_flags(FlagGroup own, ListArguments& arguments, LayoutReading& reading);

// Takes over the scale. What is wrong with the arguments.
[[nodiscard]] std::vector<imaging::OptionProblem> settle(const ListArguments& arguments, LayoutReading& reading);

}  // namespace boarddiff::cli
