// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/batch.h"

#include "cli/arguments.h"
#include "cli/case/batch_job.h"
#include "cli/design_input.h"
#include "cli/layout_flags.h"
#include "cli/output_targets.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/digest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <thread>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;

volatile std::sig_atomic_t was_interrupted = 0;

struct BatchArguments {
  BatchJob job = {};
  ScaleArguments scale = {};
  std::string places = {};
  std::string shard = {};
  bool sensitivity = false;
  bool no_markings = false;
};

int processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

FlagGroup batch_flags(BatchArguments& arguments) {
  BatchJob& job = arguments.job;
  return {
      "Batch",
      {
          {"case", &job.case_file, "the case file that everything goes into; it is made where there is none", false},
          {"jobs", &job.jobs, "boards that are inspected at the same time; 0: half as many as there are processors"},
          {"threads", &job.threads, "processors for each of them; 0: all there are, shared out"},
          {"memory", &job.memory_mb, "megabytes for all of them together; 0: most of what is free"},
          {"timeout-s", &job.timeout_s, "seconds after which an inspection is ended, and the board counts as trouble"},
          {"shard", &arguments.shard,
           "I/N: only the I-th of N parts of the list, for several machines, each with a case file of its own; a "
           "Slurm array task knows its own",
           false},
          {"no-reference", &job.no_reference,
           "there is no known-good board: the lot is compared with one of its own, and where most boards differ from "
           "that, "
           "it is the odd one"},
          {"retry", &job.retry, "try again what could not be read or inspected before", false},
          {"hash-all", &job.hash_all,
           "read all pictures again, also those whose size, times and place on the disk are those of the last time",
           false},
          {"watch", &job.watch, "go on with pictures as they come into the folders, until interrupted", false},
          {"stage", &job.stage, "where the boards are on their way, such as shipped, arrived, installed", false},
          {"operator", &job.station.performer, "who takes the pictures"},
          {"station", &job.station.station, "where they are taken"},
          {"quiet", &job.quiet, "show no progress"},
      }};
}

FlagGroup inspection_flags_of(BatchArguments& arguments) {
  InspectorSettings& settings = arguments.job.settings;
  KnownGoodFiles& against = settings.against;
  return {"Inspection",
          {
              {"modality", &settings.inspection.modality, "what the pictures are"},
              {"dark", &against.frames.dark, "of X-rays: what the detector shows without a beam"},
              {"flat", &against.frames.flat, "of X-rays: what it shows of the open beam"},
              {"cad", &against.cad, "the board's design: findings are named by its parts", false},
              {"side", choice(&against.side, compare::kBoardSides), "of the design, that the pictures show"},
              places_flag(arguments.places),
              {"ignore", &against.ignore, "regions of the reference that are not inspected; files as for inspect"},
              {"watch-regions", &against.watch, "regions where a looser threshold holds"},
              {"sensitivity", &arguments.sensitivity,
               "plant virtual parts into copies of each sample to see which would be found; takes half as long again"},
              {"no-markings", &arguments.no_markings, "do not read what is printed on parts, nor bar codes"},
          }};
}

std::vector<FlagGroup> stage_groups(BatchArguments& arguments) {
  std::vector<FlagGroup> groups = inspection_flags(arguments.job.settings.inspection);
  groups.insert(groups.begin(), {inspection_flags_of(arguments), scale_flags(arguments.scale),
                                 load_flags(arguments.job.settings.load)});
  return groups;
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff batch REFERENCE (DIR | PICTURE | PATTERN | LIST.csv | -)... --case FILE [FLAG...]\n"
         "       boarddiff batch --no-reference (DIR | ...)... --case FILE [FLAG...]\n\n"
         "Inspects many samples and keeps everything in one case file. The same command goes on where it was\n"
         "broken off, and inspects nothing twice. REFERENCE is a picture or a file of boarddiff enroll.\n"
         "LIST.csv names its columns in its first line: file, and as far as they are known serial, lot, side,\n"
         "stage, operator, date, reference. - reads the names of pictures from standard input.\n" +
         flags_help(groups) + "\n" + exit_status_help() + "Of several boards the worst: 2 over 3 over 1 over 0.\n";
}

// Everything that decides what an inspection computes, files by their hashes.
std::string options_text(const std::vector<FlagGroup>& groups, const KnownGoodFiles& files) {
  nlohmann::json options = {{"boarddiff", BOARDDIFF_VERSION}};
  if (files.reference.empty()) options["no-reference"] = true;
  const std::vector<std::pair<std::string, fs::path>> paths = {{"cad", files.cad},
                                                               {"ignore", files.ignore},
                                                               {"watch-regions", files.watch},
                                                               {"dark", files.frames.dark},
                                                               {"flat", files.frames.flat}};
  for (const FlagGroup& group : groups) {
    for (const Flag& flag : group.flags) {
      const std::string text = field_text(flag.field);
      if (!text.empty()) options[flag.name] = text;
    }
  }
  for (const auto& [name, path] : paths) {
    if (path.empty()) continue;
    options[name] = "sha256 " + imaging::sha256_hex(imaging::read_file(path, 0, [](auto, std::uint64_t) {}));
  }
  return options.dump();
}

std::vector<imaging::OptionProblem> problems_of(const BatchArguments& arguments) {
  const BatchJob& job = arguments.job;
  imaging::OptionRules rules;
  rules.within("--jobs", job.jobs, 0, 1024)
      .within("--threads", job.threads, 0, 1024)
      .within("--memory", job.memory_mb, 0, 1e9)
      .within("--timeout-s", job.timeout_s, 1, 86'400);
  std::vector<imaging::OptionProblem> found = rules.problems();
  if (job.case_file.empty()) {
    found.push_back({"--case", "must name a file", "missing"});
  }
  if (!arguments.shard.empty() && !job.shard) {
    found.push_back({"--shard", "must be I/N with whole numbers, 1 <= I <= N", arguments.shard});
  }
  if (job.shard && job.watch) {
    found.push_back(
        {"--watch", "must not be given together with --shard: what comes later has no place in the list", ""});
  }
  if (job.no_reference && (job.shard || job.watch)) {
    found.push_back(
        {"--no-reference", "must be given without --shard and --watch: the lot is seen as a whole", "given"});
  }
  const InspectorSettings& settings = job.settings;
  append(found, problems_without_design(settings.against.cad, settings.against.side, !arguments.places.empty()));
  append(found, problems(settings.load));
  append(found, problems(settings.inspection));
  return found;
}

// The case file is none of what is read, and what is there is one.
void check_case_file(const BatchJob& job) {
  const KnownGoodFiles& files = job.settings.against;
  std::vector<fs::path> inputs;
  for (const fs::path& path :
       {files.reference, files.ignore, files.watch, files.cad, files.frames.dark, files.frames.flat}) {
    if (!path.empty()) inputs.push_back(path);
  }
  check_targets({job.case_file}, inputs, imaging::Replace::allow);
}

}  // namespace

ExitStatus batch_command(const std::vector<std::string>& arguments, const Streams& streams) {
  BatchArguments given;
  BatchJob& job = given.job;
  const std::vector<FlagGroup> stages = stage_groups(given);
  std::vector<FlagGroup> groups = stages;
  groups.insert(groups.begin(), batch_flags(given));
  const std::string help = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  const ParsedScale scale = parse_scale(given.scale);
  const ParsedPlaces places = parse_places(given.places);
  job.shard = given.shard.empty() ? shard_of_array_task() : parse_shard(given.shard);
  if (given.no_markings) job.settings.inspection.marking.max_places = 0;
  if (!given.sensitivity) job.settings.inspection.sensitivity.copies = 0;
  append(parsed.problems, places.problems);
  append(parsed.problems, scale.problems);
  append(parsed.problems, problems_of(given));
  imaging::throw_on_problems(parsed.problems);
  if (job.jobs == 0) job.jobs = std::max(1, processors() / 2);
  const std::size_t references = job.no_reference ? 0 : 1;
  if (parsed.files.size() < references + 1) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         std::string("batch needs ") + (references == 0 ? "" : "a REFERENCE and ") +
                             "what to inspect, and was given " + std::to_string(parsed.files.size()) +
                             (parsed.files.size() == 1 ? " name" : " names"));
  }
  if (!job.no_reference) job.settings.against.reference = parsed.files.front();
  job.settings.against.scale = scale.options;
  job.settings.inspection.design.places = places.places;
  job.arguments.assign(parsed.files.begin() + static_cast<std::ptrdiff_t>(references), parsed.files.end());
  check_case_file(job);
  job.options = options_text(stages, job.settings.against);

  std::function<bool()> interrupted = [] { return was_interrupted != 0; };
  if (job.watch) {
    was_interrupted = 0;
    for (const int signal : {SIGINT, SIGTERM}) {
      std::signal(signal, [](int) { was_interrupted = 1; });
    }
  }
  const BatchResult result = run_batch(job, std::cin, interrupted, streams);
  streams.out << table_of(result.boards) << "see " << job.case_file.string() << "\n";
  for (const std::string& note : result.notes) streams.out << "note: " << note << "\n";
  return worst_of(result.boards);
}

}  // namespace boarddiff::cli
