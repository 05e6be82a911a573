// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/layout_diff.h"

#include "cli/arguments.h"
#include "cli/layout_diff_job.h"
#include "cli/layout_flags.h"
#include "cli/output_targets.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "compare/placement_diff_text.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

#include <filesystem>

namespace boarddiff::cli {
namespace {

struct LayoutDiffArguments {
  LayoutDiffJob job = {};
  ListedSides sides = ListedSides::both;
  ScaleArguments scale = {};
  compare::DiffFormat format = compare::DiffFormat::text;
  std::filesystem::path output = {};
  bool force = false;
  int threads = 0;
};

std::vector<FlagGroup> flags_of(LayoutDiffArguments& arguments) {
  LayoutDiffJob& job = arguments.job;
  return {{"Comparison",
           {
               {"side", choice(&arguments.sides, kListedSides), "that is compared; pictures show one (both: top)"},
               {"format", choice(&arguments.format, compare::kDiffFormats), "of the list"},
               {"output", &arguments.output, "file for the list; without it, standard output", false},
               {"force", &arguments.force, "replace the file where it exists", false},
               {"diff.same-place-mm", &job.diff.same_place_mm, "parts closer to each other than this are the same"},
               {"diff.max-move-mm", &job.diff.max_move_mm, "a part farther from a missing one is another"},
               {"diff.min-turn-deg", &job.diff.min_turn_deg, "less is how parts are soldered"},
               {"diff.max-size-ratio", &job.diff.max_size_ratio, "between the sides of a part and of itself"},
               {"quiet", &job.quiet, "show no progress"},
               {"threads", &arguments.threads, "0: one per processor; the result does not depend on it"},
           }},
          scale_flags(arguments.scale),
          load_flags(job.load),
          part_flags(job.parts),
          design_fit_flags(job.fit)};
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
  const ParsedScale scale = parse_scale(given.scale);
  for (const auto& some :
       {scale.problems, problems(job.load), problems(job.parts), problems(job.fit), problems(job.diff),
        imaging::OptionRules().within("--threads", given.threads, 0, 1024).problems()}) {
    append(parsed.problems, some);
  }
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 2) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "layout-diff needs two files, FIRST and SECOND, and was given " + std::to_string(parsed.files.size()));
  }
  job.first = parsed.files[0];
  job.second = parsed.files[1];
  job.side = side_of(given.sides);
  job.scale = scale.options;
  const auto replace = given.force ? imaging::Replace::allow : imaging::Replace::refuse;
  if (!given.output.empty()) {
    check_targets({given.output}, {job.first, job.second, parsed.config}, replace);
  }
  imaging::set_thread_count(given.threads);
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
  if (given.output.empty()) {
    streams.out << text;
  } else {
    write_outputs({{given.output, text}}, replace);
    const std::size_t count = compared.diff.changes.size();
    streams.out << count << (count == 1 ? " difference; see " : " differences; see ") << given.output.string() << "\n";
  }
  return compared.diff.changes.empty() ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

}  // namespace boarddiff::cli
