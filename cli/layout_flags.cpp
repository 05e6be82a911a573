// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_flags.h"

namespace boarddiff::cli {

std::string_view name_of(ListedSides sides) {
  switch (sides) {
    case ListedSides::both:
      return "both";
    case ListedSides::top:
      return "top";
    case ListedSides::bottom:
      return "bottom";
  }
  return "both";
}

std::optional<compare::BoardSide> side_of(ListedSides sides) {
  if (sides == ListedSides::both) return std::nullopt;
  return sides == ListedSides::top ? compare::BoardSide::top : compare::BoardSide::bottom;
}

FlagGroup part_flags(compare::PartOptions& options) {
  return {"Parts",
          {
              {"parts.min-confidence", &options.min_confidence, "what is less surely a part is left out, 0 to 1"},
          }};
}

FlagGroup design_fit_flags(compare::DesignFitOptions& options) {
  return {
      "Design on picture",
      {
          {"cad.max-distance-mm", &options.max_distance_mm, "between where the design has a part and where it is seen"},
          {"cad.min-matched-share", &options.min_matched_share,
           "of the parts that should be seen; a design of which fewer are is refused"},
      }};
}

}  // namespace boarddiff::cli
