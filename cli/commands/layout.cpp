// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/layout.h"

#include "cli/arguments.h"
#include "cli/output_targets.h"
#include "compare/placement_file.h"
#include "compare/placement_text.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

namespace boarddiff::cli {
namespace {

enum class Sides { both, top, bottom };
constexpr std::array kSides = {Sides::both, Sides::top, Sides::bottom};

std::string_view name_of(Sides sides) {
  switch (sides) {
    case Sides::both:
      return "both";
    case Sides::top:
      return "top";
    case Sides::bottom:
      return "bottom";
  }
  return "both";
}

struct LayoutArguments {
  Sides sides = Sides::both;
  compare::LayoutFormat format = compare::LayoutFormat::csv;
  std::filesystem::path output = {};
  bool force = false;
};

FlagGroup own_flags(LayoutArguments& arguments) {
  return {"Layout",
          {
              {"side", choice(&arguments.sides, kSides), "of the board"},
              {"format", choice(&arguments.format, compare::kLayoutFormats), "of the list"},
              {"output", &arguments.output, "file for the list; without it, standard output", false},
              {"force", &arguments.force, "replace the file where it exists", false},
          }};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff layout DESIGN [FLAG...]\n\n"
         "Lists where the parts of a board's design are: designator, value, package, side, centre, angle and\n"
         "size, in millimetres, x to the right and y down as seen from the top. DESIGN is a .kicad_pcb, or a\n"
         "table of placements (\"centroid\", \"pick and place\") as KiCad, Altium and Eagle write it.\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  the parts are listed\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "\nExamples:\n"
         "  boarddiff layout board.kicad_pcb\n"
         "  boarddiff layout \"Pick Place for X200.csv\" --side top --format geojson --output parts.geojson\n";
}

compare::Placement on_sides(compare::Placement placement, Sides sides) {
  if (sides != Sides::both) {
    const auto other = sides == Sides::top ? compare::BoardSide::bottom : compare::BoardSide::top;
    std::erase_if(placement.parts, [&](const compare::PlacedPart& part) { return part.side == other; });
  }
  return placement;
}

}  // namespace

ExitStatus layout_command(const std::vector<std::string>& arguments, const Streams& streams) {
  LayoutArguments given;
  const std::vector<FlagGroup> groups = {own_flags(given)};
  const std::string help = help_text(groups);
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "layout needs one file, DESIGN, and was given " + std::to_string(parsed.files.size()));
  }
  const std::filesystem::path& design = parsed.files.front();
  const auto replace = given.force ? imaging::Replace::allow : imaging::Replace::refuse;
  if (!given.output.empty()) {
    check_targets({given.output}, {design}, replace);
  }
  const compare::Placement placement = on_sides(compare::read_placement(design), given.sides);
  const std::string text = placement_text(placement, given.format, design.filename().string());
  for (const std::string& note : placement.notes) {
    streams.err << "note: " << note << "\n";
  }
  if (given.output.empty()) {
    streams.out << text;
  } else {
    write_outputs({{given.output, text}}, replace);
    streams.out << placement.parts.size() << " parts; see " << given.output.string() << "\n";
  }
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
