// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/layout_diff.h"

#include "cli/arguments.h"
#include "cli/layout_diff_job.h"
#include "cli/layout_flags.h"
#include "compare/placement_diff_text.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

#include <string>

namespace boarddiff::cli {
namespace {

struct LayoutDiffArguments {
  LayoutDiffJob job = {};
  ListArguments list = {};
  compare::DiffFormat format = compare::DiffFormat::text;
};

std::vector<FlagGroup> flags_of(LayoutDiffArguments& arguments) {
  LayoutDiffJob& job = arguments.job;
  return list_flags(
      {"Comparison",
       {
           {"side", choice(&arguments.list.sides, kListedSides), "that is compared; pictures show one (both: top)"},
           {"format", choice(&arguments.format, compare::kDiffFormats), "of the list"},
           {"diff.same-place-mm", &job.diff.same_place_mm, "parts closer to each other than this are the same"},
           {"diff.max-move-mm", &job.diff.max_move_mm, "a part farther from a missing one is another"},
           {"diff.min-turn-deg", &job.diff.min_turn_deg, "less is how parts are soldered"},
           {"diff.max-size-ratio", &job.diff.max_size_ratio, "between the sides of a part and of itself"},
       }},
      arguments.list, job.reading);
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff layout-diff FIRST SECOND [FLAG...]\n\n"
         "Says which parts of a board differ between two files that tell where its parts are: missing, extra,\n"
         "moved (mm), turned (degrees) or of another size, each with its nearest neighbour. FIRST and SECOND\n"
         "are designs, photographs or reference files, as boarddiff layout reads them. A design is laid on\n"
         "a photograph, and a photograph on another one, by the parts alone; of two photographs the first needs\n"
         "a scale. Outlines do not tell a part from itself turned by 180 degrees.\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  nothing differs\n"
         "  1  something differs\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "  3  the two do not fit each other\n"
         "\nExamples:\n"
         "  boarddiff layout-diff board.kicad_pcb received.jpg\n"
         "  boarddiff layout-diff revision-a.kicad_pcb revision-b.kicad_pcb --side top\n"
         "  boarddiff layout-diff golden.bdref received.jpg --format csv --output differences.csv\n";
}

}  // namespace

ExitStatus layout_diff_command(const std::vector<std::string>& arguments, const Streams& streams) {
  LayoutDiffArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  LayoutDiffJob& job = given.job;
  append(parsed.problems, settle(given.list, job.reading));
  append(parsed.problems, problems(job.diff));
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 2) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "layout-diff needs two files, FIRST and SECOND, and was given " + std::to_string(parsed.files.size()));
  }
  job.first = parsed.files[0];
  job.second = parsed.files[1];
  job.side = side_of(given.list.sides);
  job.quiet = given.list.quiet;
  check_list_output(given.list.output, {job.first, job.second, parsed.config});
  imaging::set_thread_count(given.list.threads);
  const ComparedLayouts compared = compare_layouts(job, streams);
  for (const std::string& note : compared.notes) {
    streams.err << "note: " << note << "\n";
  }
  if (!compared.reason.empty()) {
    streams.err << job.first.string() << " and " << job.second.string() << " do not fit each other: " << compared.reason
                << "\n";
    return ExitStatus::not_comparable;
  }
  const std::string text = diff_text(compared.diff, compared.neighbours, given.format,
                                     {job.first.filename().string(), job.second.filename().string()});
  const std::size_t count = compared.diff.changes.size();
  write_list(given.list.output, text, std::to_string(count) + (count == 1 ? " difference" : " differences"), streams);
  return compared.diff.changes.empty() ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

}  // namespace boarddiff::cli
