// SPDX-License-Identifier: Apache-2.0
#include "cli/layout_flags.h"

#include "cli/stage_flags.h"

#include <utility>

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

Flag places_flag(std::string& text) {
  return {"cad.places", &text,
          "where the picture shows three or more parts of the design, NAME:X,Y;NAME:X,Y;...: it is laid there, and not "
          "looked for",
          false};
}

ParsedPlaces parse_places(const std::string& text) {
  ParsedPlaces parsed;
  if (text.empty()) return parsed;
  constexpr std::size_t kLeast = 3;
  parsed.places = compare::places_in(text).value_or(std::vector<compare::NamedPlace>());
  if (parsed.places.size() < kLeast) {
    parsed.problems.push_back({"--cad.places", "must be three or more NAME:X,Y with semicolons in between", text});
  }
  return parsed;
}

std::vector<FlagGroup> list_flags(FlagGroup own, ListArguments& arguments, LayoutReading& reading) {
  for (const Flag& flag : list_output_flags(arguments.output)) own.flags.push_back(flag);
  own.flags.push_back({"quiet", &arguments.quiet, "show no progress"});
  own.flags.push_back({"threads", &arguments.threads, "0: one per processor; the result does not depend on it"});
  return {std::move(own), scale_flags(arguments.scale), load_flags(reading.load), part_flags(reading.parts),
          design_fit_flags(reading.fit)};
}

std::vector<imaging::OptionProblem> settle(const ListArguments& arguments, LayoutReading& reading) {
  const ParsedScale scale = parse_scale(arguments.scale);
  reading.scale = scale.options;
  std::vector<imaging::OptionProblem> all = scale.problems;
  append(all, problems(reading));
  append(all, imaging::OptionRules().within("--threads", arguments.threads, 0, 1024).problems());
  return all;
}

}  // namespace boarddiff::cli
