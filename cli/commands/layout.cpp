// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/layout.h"

#include "cli/arguments.h"
#include "cli/layout_flags.h"
#include "cli/layout_job.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

#include <string>

namespace boarddiff::cli {
namespace {

struct LayoutArguments {
  LayoutJob job = {};
  ListArguments list = {};
  std::string places = {};
  compare::LayoutFormat format = compare::LayoutFormat::csv;
};

std::vector<FlagGroup> flags_of(LayoutArguments& arguments) {
  return list_flags(
      {"Layout",
       {
           {"side", choice(&arguments.list.sides, kListedSides),
            "of the design what is listed; of a picture what it shows (both: top)"},
           {"cad", &arguments.job.cad, "design that is laid on the picture: its parts are listed, and which are seen",
            false},
           places_flag(arguments.places),
           {"format", choice(&arguments.format, compare::kLayoutFormats), "of the list; coco is of pictures"},
       }},
      arguments.list, arguments.job.reading);
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff layout FILE [FLAG...]\n\n"
         "Lists where the parts of a board are: designator, value, package, side, centre, angle and size, in\n"
         "millimetres, x to the right and y down as seen from the top. FILE is a .kicad_pcb, a table of placements\n"
         "(\"centroid\", \"pick and place\") as KiCad, Altium and Eagle write it, a photograph, or a reference\n"
         "file of boarddiff enroll, of which the first board is looked at. Of photographs the list says also of\n"
         "which kind each part is and how sure that it is one; they need a scale, or a design (--cad).\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  the parts are listed\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "  3  the design does not fit the picture\n"
         "\nExamples:\n"
         "  boarddiff layout board.kicad_pcb\n"
         "  boarddiff layout \"Pick Place for X200.csv\" --side top --format geojson --output parts.geojson\n"
         "  boarddiff layout received.jpg --pixels-per-mm 24\n"
         "  boarddiff layout received.jpg --cad board.kicad_pcb --output layout.csv\n";
}

}  // namespace

ExitStatus layout_command(const std::vector<std::string>& arguments, const Streams& streams) {
  LayoutArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  const ParsedPlaces places = parse_places(given.places);
  append(parsed.problems, places.problems);
  append(parsed.problems, settle(given.list, given.job.reading));
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "layout needs one FILE, a picture or a design, and was given " + std::to_string(parsed.files.size()));
  }
  given.job.file = parsed.files.front();
  given.job.reading.fit.places = places.places;
  given.job.side = side_of(given.list.sides);
  given.job.quiet = given.list.quiet;
  check_list_output(given.list.output, {given.job.file, given.job.cad, parsed.config});
  imaging::set_thread_count(given.list.threads);
  const ListedParts listed = list_parts(given.job, streams);
  for (const std::string& note : listed.placement.notes) {
    streams.err << "note: " << note << "\n";
  }
  if (!listed.reason.empty()) {
    streams.err << listed.design << " does not fit " << given.job.file.string() << ": " << listed.reason << "\n";
    return ExitStatus::not_comparable;
  }
  if (given.format == compare::LayoutFormat::coco && !listed.placement.pictured) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "--format coco: " + given.job.file.string() + " is a design, and COCO is of pictures");
  }
  write_list(given.list.output, placement_text(listed.placement, given.format, listed.source),
             std::to_string(listed.placement.parts.size()) + " parts", streams);
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
