// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/align.h"

#include "cli/align_job.h"
#include "cli/arguments.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

namespace boarddiff::cli {
namespace {

struct AlignArguments {
  AlignJob job = {};
  ScaleArguments scale = {};
  bool json = false;
  int threads = 0;
};

FlagGroup own_flags(AlignArguments& arguments) {
  AlignJob& job = arguments.job;
  return {
      "Alignment",
      {
          {"output", &job.output, "picture for the other one in the chosen frame; its ending sets the format", false},
          {"frame", choice(&job.frame, imaging::kFrames), "whose pixels the outputs have"},
          {"points", &job.points, "CSV with x,y to map into the other picture", false},
          {"points-output", &job.points_output, "CSV for the mapped points", false},
          {"points-frame", choice(&job.points_frame, imaging::kFrames), "whose pixels --points are"},
          {"mapping", &job.mapping, "JSON for how the pictures lie on each other", false},
          {"view", &job.view, "picture for the eye, of both in the chosen frame", false},
          {"view-kind", choice(&job.view_kind, compare::kViewKinds),
           "squares of either picture, or both in turn (.webp)"},
          {"force", &job.force, "replace these files where they exist", false},
          {"modality", &job.modality, "what the pictures are"},
          {"json", &arguments.json, "print the mapping on standard output"},
          {"quiet", &job.quiet, "show no progress"},
          {"threads", &arguments.threads, "0: one per processor; the result does not depend on it"},
      }};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff align REFERENCE SAMPLE --output FILE [FLAG...]\n\n"
         "Writes the sample as it would look in the reference's frame (or with --frame sample the reference\n"
         "in the sample's), with the bits and channels of its file. What it does not show is black, and\n"
         "transparent in PNG and TIFF files. 16 bits need PNG or TIFF.\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  the pictures were aligned\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "  3  the pictures could not be aligned; only --mapping is written, and says why\n"
         "\nExamples:\n"
         "  boarddiff align golden.jpg received.jpg --output aligned.png --mapping mapping.json\n"
         "  boarddiff align golden.jpg received.jpg --output aligned.png --view both.webp --view-kind flicker\n"
         "  boarddiff align golden.tif received.tif --output golden-there.tif --frame sample \\\n"
         "      --points found.csv --points-frame sample --points-output found-on-golden.csv\n";
}

}  // namespace

ExitStatus align_command(const std::vector<std::string>& arguments, const Streams& streams) {
  AlignArguments given;
  const std::vector<FlagGroup> groups = {own_flags(given), scale_flags(given.scale), load_flags(given.job.load),
                                         registration_flags(given.job.registration)};
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  const ParsedScale scale = parse_scale(given.scale);
  append(parsed.problems, problems(given.job));
  append(parsed.problems, imaging::OptionRules().within("--threads", given.threads, 0, 1024).problems());
  append(parsed.problems, scale.problems);
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 2) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "align needs two pictures, REFERENCE and SAMPLE, and was given " + std::to_string(parsed.files.size()));
  }
  given.job.reference = parsed.files[0];
  given.job.sample = parsed.files[1];
  given.job.config = parsed.config;
  given.job.scale = scale.options;

  imaging::set_thread_count(given.threads);
  const compare::Mapping mapping = run_alignment(given.job, streams);
  streams.out << (given.json ? compare::mapping_json(mapping) : alignment_lines(mapping, given.job.output));
  return mapping.registration.ok() ? ExitStatus::nothing_found : ExitStatus::not_comparable;
}

}  // namespace boarddiff::cli
