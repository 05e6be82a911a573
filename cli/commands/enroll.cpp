// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/enroll.h"

#include "cli/arguments.h"
#include "cli/enroll_job.h"
#include "cli/layout_flags.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

namespace boarddiff::cli {
namespace {

struct EnrollArguments {
  EnrollJob job = {};
  ScaleArguments scale = {};
  std::string places = {};
  std::string name = {};
  std::string note = {};
  int threads = 0;
};

FlagGroup own_flags(EnrollArguments& arguments) {
  EnrollJob& job = arguments.job;
  return {
      "Enrolling",
      {
          {"output", &job.output, "the reference file to write", false},
          {"add", &job.add, "a reference file: its boards come first, and the pictures are added to them", false},
          {"name", &arguments.name, "what the boards are, for reports", false},
          {"note", &arguments.note, "what else is to be known about them", false},
          {"mask", &job.mask,
           "regions of the first picture that every inspection ignores, such as labels; files as for inspect --ignore",
           false},
          {"watch", &job.watch, "regions where a looser threshold holds; files as for inspect --ignore", false},
          {"cad", &job.cad,
           "the boards' design, which names what every inspection finds; files as for boarddiff layout", false},
          {"side", choice(&job.side, compare::kBoardSides), "of the design, that the pictures show"},
          places_flag(arguments.places),
          {"accept-differences", &job.accept_differences, "enroll boards of which one differs from the others", false},
          {"force", &job.force, "replace the file where it exists", false},
          {"modality", &job.inspection.modality, "what the pictures are"},
          {"quiet", &job.quiet, "show no progress"},
          {"threads", &arguments.threads, "0: one per processor; the result does not depend on it"},
      }};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff enroll IMAGE... --output FILE.bdref [FLAG...]\n\n"
         "Makes one reference file of the pictures of several known-good boards, for inspect and align in\n"
         "place of REFERENCE: what one of them shows is no finding. The first one is the frame of the report.\n"
         "Each board is compared with the others first. The file holds the pictures as they are.\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  the boards were enrolled\n"
         "  1  a board differs from the others; nothing was written\n"
         "  2  trouble: arguments, files, or an error inside the program\n"
         "  3  a board could not be laid on the first, or the design not on it; nothing was written\n"
         "\nExamples:\n"
         "  boarddiff enroll good1.jpg good2.jpg good3.jpg --output golden.bdref --name \"X200, revision C\"\n"
         "  boarddiff enroll good4.jpg --add golden.bdref --output golden.bdref --force\n"
         "  boarddiff inspect golden.bdref received.jpg --output out\n";
}

ExitStatus exit_status_of(EnrollStatus status) {
  switch (status) {
    case EnrollStatus::enrolled:
      return ExitStatus::nothing_found;
    case EnrollStatus::boards_differ:
      return ExitStatus::needs_review;
    case EnrollStatus::not_comparable:
      return ExitStatus::not_comparable;
  }
  return ExitStatus::not_comparable;
}

}  // namespace

ExitStatus enroll_command(const std::vector<std::string>& arguments, const Streams& streams) {
  EnrollArguments given;
  std::vector<FlagGroup> groups = inspection_flags(given.job.inspection);
  groups.insert(groups.begin(), {own_flags(given), scale_flags(given.scale), load_flags(given.job.load)});
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  const ParsedScale scale = parse_scale(given.scale);
  const ParsedPlaces places = parse_places(given.places);
  append(parsed.problems, places.problems);
  EnrollJob& job = given.job;
  job.name = given.name.empty() ? std::nullopt : std::optional(given.name);
  job.note = given.note.empty() ? std::nullopt : std::optional(given.note);
  append(parsed.problems, problems(job));
  append(parsed.problems, imaging::OptionRules().within("--threads", given.threads, 0, 1024).problems());
  append(parsed.problems, scale.problems);
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "enroll needs pictures of known-good boards, and was given none");
  }
  job.pictures.assign(parsed.files.begin(), parsed.files.end());
  job.config = parsed.config;
  job.scale = scale.options;
  job.inspection.design.places = places.places;

  imaging::set_thread_count(given.threads);
  const Enrollment enrollment = run_enrollment(job, streams);
  streams.out << enrollment.words;
  return exit_status_of(enrollment.status);
}

}  // namespace boarddiff::cli
