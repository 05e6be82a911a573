// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/layout.h"

#include "cli/arguments.h"
#include "cli/layout_flags.h"
#include "cli/layout_job.h"
#include "cli/output_targets.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

#include <filesystem>

namespace boarddiff::cli {
namespace {

struct LayoutArguments {
  LayoutJob job = {};
  ListedSides sides = ListedSides::both;
  ScaleArguments scale = {};
  compare::LayoutFormat format = compare::LayoutFormat::csv;
  std::filesystem::path output = {};
  bool force = false;
  int threads = 0;
};

std::vector<FlagGroup> flags_of(LayoutArguments& arguments) {
  LayoutJob& job = arguments.job;
  return {{"Layout",
           {
               {"side", choice(&arguments.sides, kListedSides),
                "of the design what is listed; of a picture what it shows (both: top)"},
               {"cad", &job.cad, "design that is laid on the picture: its parts are listed, and which are seen", false},
               {"format", choice(&arguments.format, compare::kLayoutFormats), "of the list; coco is of pictures"},
               {"output", &arguments.output, "file for the list; without it, standard output", false},
               {"force", &arguments.force, "replace the file where it exists", false},
               {"quiet", &job.quiet, "show no progress"},
               {"threads", &arguments.threads, "0: one per processor; the result does not depend on it"},
           }},
          scale_flags(arguments.scale),
          load_flags(job.load),
          part_flags(job.parts),
          design_fit_flags(job.fit)};
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
  const ParsedScale scale = parse_scale(given.scale);
  append(parsed.problems, scale.problems);
  append(parsed.problems, problems(given.job.load));
  append(parsed.problems, problems(given.job.parts));
  append(parsed.problems, problems(given.job.fit));
  append(parsed.problems, imaging::OptionRules().within("--threads", given.threads, 0, 1024).problems());
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "layout needs one FILE, a picture or a design, and was given " + std::to_string(parsed.files.size()));
  }
  given.job.file = parsed.files.front();
  given.job.side = side_of(given.sides);
  given.job.scale = scale.options;
  const auto replace = given.force ? imaging::Replace::allow : imaging::Replace::refuse;
  if (!given.output.empty()) {
    check_targets({given.output}, {given.job.file, given.job.cad, parsed.config}, replace);
  }
  imaging::set_thread_count(given.threads);
  const ListedParts listed = list_parts(given.job, streams);
  for (const std::string& note : listed.placement.notes) {
    streams.err << "note: " << note << "\n";
  }
  if (!listed.reason.empty()) {
    streams.err << given.job.cad.string() << " does not fit " << given.job.file.string() << ": " << listed.reason
                << "\n";
    return ExitStatus::not_comparable;
  }
  if (given.format == compare::LayoutFormat::coco && !listed.placement.pictured) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "--format coco: " + given.job.file.string() + " is a design, and COCO is of pictures");
  }
  const std::string text = placement_text(listed.placement, given.format, listed.source);
  if (given.output.empty()) {
    streams.out << text;
  } else {
    write_outputs({{given.output, text}}, replace);
    streams.out << listed.placement.parts.size() << " parts; see " << given.output.string() << "\n";
  }
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
