// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/inspect.h"

#include "cli/arguments.h"
#include "cli/design_input.h"
#include "cli/inspection_job.h"
#include "cli/layout_flags.h"
#include "cli/scale_flags.h"
#include "cli/stage_flags.h"
#include "cli/xray_flags.h"
#include "imaging/base/error.h"
#include "imaging/base/execution.h"

namespace boarddiff::cli {
namespace {

struct InspectArguments {
  InspectionJob job = {};
  ScaleArguments scale = {};
  std::string places = {};
  std::string xray_places = {};
  bool no_sensitivity = false;
  bool no_markings = false;
  bool json = false;
  int threads = 0;
};

FlagGroup own_flags(InspectArguments& arguments) {
  InspectionJob& job = arguments.job;
  return {"Inspection",
          {
              {"output", &job.output,
               "folder for report.json, report.html, annotated.jpg and, with a design, layout.csv", false},
              {"force", &job.force, "replace these files where they exist", false},
              {"modality", &job.inspection.modality, "what the pictures are"},
              {"points", &job.points, "CSV with x,y in the reference, to map into the sample", false},
              {"points-output", &job.points_output, "CSV for the mapped points", false},
              {"dark", &job.against.frames.dark, "of X-rays: what the detector shows without a beam"},
              {"flat", &job.against.frames.flat, "of X-rays: what it shows of the open beam"},
              {"cad", &job.against.cad,
               "the board's design: findings are named by its parts, and layout.csv says which of them the sample "
               "shows; files as for boarddiff layout",
               false},
              {"side", choice(&job.against.side, compare::kBoardSides), "of the design, that the pictures show"},
              places_flag(arguments.places),
              {"ignore", &job.against.ignore,
               "regions of the reference that are not inspected: GeoJSON in its pixels, an SVG whose page it is, or a "
               "picture of its size that is bright there"},
              {"watch", &job.against.watch, "regions where a looser threshold holds; files as for --ignore"},
              {"no-sensitivity", &arguments.no_sensitivity,
               "do not plant virtual parts to see which would be found; takes about half as long"},
              {"no-markings", &arguments.no_markings, "do not read what is printed on parts, nor bar codes"},
              {"json", &arguments.json, "print the report on standard output"},
              {"quiet", &job.quiet, "show no progress"},
              {"threads", &arguments.threads, "0: one per processor; the result does not depend on it"},
          }};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff inspect REFERENCE SAMPLE --output DIR [FLAG...]\n\n"
         "Compares the sample with the known-good reference (JPEG, PNG, TIFF, BMP, WebP or DICOM) and writes\n"
         "report.json, report.html and annotated.jpg into DIR, and with the board's design (--cad) layout.csv.\n"
         "In place of REFERENCE it takes a file of several known-good boards that boarddiff enroll made.\n"
         "With --xray-reference and --xray-sample it compares X-rays of the same boards, too, and lists in\n"
         "one report what photographs and X-rays show.\n" +
         flags_help(groups) + "\n" + exit_status_help();
}

std::vector<imaging::OptionProblem> problems_of(const InspectArguments& arguments) {
  const InspectionJob& job = arguments.job;
  std::vector<imaging::OptionProblem> found;
  if (job.output.empty()) {
    found.push_back({"--output", "must name a folder", "missing"});
  }
  if (job.points.empty() != job.points_output.empty()) {
    found.push_back({job.points.empty() ? "--points" : "--points-output",
                     "must be given together with " + std::string(job.points.empty() ? "--points-output" : "--points"),
                     "missing"});
  }
  append(found, problems_with_xrays(job, arguments.xray_places));
  append(found, problems_without_design(job.against.cad, job.against.side, !arguments.places.empty()));
  imaging::OptionRules rules;
  rules.within("--threads", arguments.threads, 0, 1024);
  append(found, rules.problems());
  append(found, problems(job.load));
  append(found, problems(job.inspection));
  return found;
}

}  // namespace

ExitStatus inspect_command(const std::vector<std::string>& arguments, const Streams& streams) {
  InspectArguments given;
  std::vector<FlagGroup> groups = inspection_flags(given.job.inspection);
  groups.insert(groups.begin(), {own_flags(given), xray_flags(given.job.xray, given.xray_places),
                                 scale_flags(given.scale), load_flags(given.job.load)});
  const std::string help = help_text(groups);

  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  const ParsedScale scale = parse_scale(given.scale);
  const ParsedPlaces places = parse_places(given.places);
  const ParsedXrayPlaces xray_places = parse_xray_places(given.xray_places);
  append(parsed.problems, places.problems);
  append(parsed.problems, xray_places.problems);
  append(parsed.problems, problems_of(given));
  append(parsed.problems, scale.problems);
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 2) {
    throw imaging::Error(
        imaging::ErrorCode::invalid_option,
        "inspect needs two pictures, REFERENCE and SAMPLE, and was given " + std::to_string(parsed.files.size()));
  }
  given.job.against.reference = parsed.files[0];
  given.job.sample = parsed.files[1];
  given.job.config = parsed.config;
  given.job.against.scale = scale.options;
  given.job.inspection.design.places = places.places;
  given.job.xray.places = xray_places.places;
  if (given.no_sensitivity) {
    given.job.inspection.sensitivity.copies = 0;
  }
  if (given.no_markings) {
    given.job.inspection.marking.max_places = 0;
  }

  imaging::set_thread_count(given.threads);
  const auto [report, json] = run_inspection(given.job, streams);
  if (given.json) {
    streams.out << json;
  } else {
    streams.out << outcome_line(report, given.job.output) << "\n" << reading_lines(report) << note_lines(report);
  }
  return exit_status_of(report.outcome);
}

}  // namespace boarddiff::cli
