// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/demo.h"

#include "cli/arguments.h"
#include "cli/inspection_job.h"
#include "cli/output_targets.h"
#include "cli/progress_line.h"
#include "compare/placement_text.h"
#include "datasets/evaluation/layout_score.h"
#include "datasets/evaluation/score.h"
#include "datasets/write_case.h"
#include "imaging/base/error.h"
#include "imaging/base/output_file.h"

#include <algorithm>
#include <iomanip>

namespace boarddiff::cli {
namespace {

struct DemoArguments {
  std::filesystem::path output = {};
  std::uint64_t seed = 42;  // a board with room for all that is wanted
  bool force = false;
  bool quiet = false;
};

FlagGroup demo_flags(DemoArguments& arguments) {
  return {"Demonstration",
          {
              {"output", &arguments.output, "folder for the pictures, their truth, the design and the report", false},
              {"seed", &arguments.seed, "of the board and of what is planted"},
              {"force", &arguments.force, "replace the files of an earlier demonstration", false},
              {"quiet", &arguments.quiet, "show no progress"},
          }};
}

// Implants of the sizes that have been demonstrated, and what rework leaves.
datasets::BoardPairSettings demo_settings() {
  using datasets::Alteration;
  using datasets::Ground;
  using datasets::Package;
  return {.style = datasets::BoardStyle::network_switch,
          .megapixels = 2.5,
          .changes = {
              // The largest first, while there is room for it.
              {Alteration::extra_part, Package::qfn5x5, Ground::across_traces},
              {Alteration::extra_part, Package::soic8, Ground::bare_mask},
              {Alteration::extra_part, Package::r0603, Ground::bare_mask},
              {Alteration::missing_part, Package::c0805},
          }};
}

InspectionJob job_in(const DemoArguments& arguments, const datasets::BoardPair& pair) {
  InspectionJob job = {.against = {.reference = arguments.output / "reference.jpg",
                                   .cad = arguments.output / "design.csv",
                                   .scale = {.pixels_per_mm = pair.reference.pixels_per_mm}},
                       .sample = arguments.output / "sample.jpg",
                       .output = arguments.output,
                       .force = arguments.force,
                       .quiet = arguments.quiet};
  job.inspection.modality = pair.modality;
  return job;
}

std::string_view how_found(const datasets::PairScore& score, const std::string& id) {
  const auto holds = [&](const std::vector<std::string>& ids) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  if (holds(score.found)) {
    return "found";
  }
  return holds(score.candidates) ? "only a candidate" : "not found";
}

void print_table(std::ostream& out, const std::vector<datasets::TrueChange>& planted,
                 const datasets::PairScore& score) {
  out << std::left << std::setw(30) << "planted" << std::setw(22) << "kind"
      << "result\n";
  for (const datasets::TrueChange& change : planted) {
    out << std::setw(30) << change.id << std::setw(22) << compare::name_of(change.kind) << how_found(score, change.id)
        << "\n";
  }
  out << score.found.size() << " of " << planted.size() << " found, " << score.false_findings
      << " other finding(s) to review\n";
}

datasets::BoardPair render_into(const DemoArguments& arguments, const Streams& streams) {
  ProgressLine progress(streams, arguments.quiet);
  progress.show("rendering two boards");
  datasets::BoardPair pair = datasets::make_board_pair(demo_settings(), arguments.seed);
  create_folder(arguments.output);
  const imaging::Replace replace = arguments.force ? imaging::Replace::allow : imaging::Replace::refuse;
  datasets::write_case(pair, arguments.output, replace);
  imaging::write_file(arguments.output / "design.csv",
                      placement_text(datasets::placement_of(pair.components), compare::LayoutFormat::csv, {}), replace);
  return pair;
}

}  // namespace

ExitStatus demo_command(const std::vector<std::string>& arguments, const Streams& streams) {
  DemoArguments given;
  const std::vector<FlagGroup> groups = {demo_flags(given)};
  const std::string help =
      "usage: boarddiff demo --output DIR [FLAG...]\n\n"
      "Renders two photographs of boards of one model, the second with planted changes, inspects them\n"
      "with the design of the board, and says what was planted and what was found.\n"
      "Ends with 0 when all of it was found, else with 1.\n" +
      flags_help(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  if (given.output.empty()) {
    parsed.problems.push_back({"--output", "must name a folder", "missing"});
  }
  imaging::throw_on_problems(parsed.problems);
  if (!parsed.files.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "demo takes no pictures, and was given " + std::to_string(parsed.files.size()));
  }
  check_targets({given.output / "reference.jpg", given.output / "sample.jpg", given.output / "case.json",
                 given.output / "design.csv", given.output / "report.json", given.output / "annotated.jpg",
                 given.output / "report.html", given.output / "layout.csv"},
                parsed.config.empty() ? std::vector<std::filesystem::path>{} : std::vector{parsed.config},
                given.force ? imaging::Replace::allow : imaging::Replace::refuse);

  const datasets::BoardPair pair = render_into(given, streams);
  const compare::InspectionReport report = run_inspection(job_in(given, pair), streams).report;
  const datasets::PairScore score = datasets::score_report(pair.changes, report);
  print_table(streams.out, pair.changes, score);
  streams.out << outcome_line(report, given.output) << "\n";
  return score.compared && score.missed.empty() ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

}  // namespace boarddiff::cli
