// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/evaluate.h"

#include "cli/arguments.h"
#include "cli/case_runner.h"
#include "cli/enroll_job.h"
#include "cli/find_cases.h"
#include "cli/output_targets.h"
#include "cli/progress_line.h"
#include "cli/scratch_folder.h"
#include "datasets/evaluation/evaluation_csv.h"
#include "datasets/evaluation/evaluation_html.h"
#include "datasets/evaluation/evaluation_json.h"
#include "datasets/evaluation/evaluation_words.h"
#include "imaging/base/error.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <sstream>
#include <thread>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using imaging::Error;
using imaging::ErrorCode;

int processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

struct EvaluateArguments {
  bool help = false;  // was asked for and given
  std::vector<fs::path> cases = {};
  fs::path output = {};
  fs::path tool = {};
  fs::path compare = {};
  fs::path config = {};
  int jobs = 0;
  int known_good = 1;
  double timeout_s = 300;
  bool sensitivity = false;
  bool keep = false;
  bool force = false;
  bool quiet = false;
};

FlagGroup evaluate_flags(EvaluateArguments& arguments) {
  return {"Evaluation",
          {
              {"output", &arguments.output, "folder for evaluation.json, evaluation.html, cases.csv and changes.csv",
               false},
              {"compare", &arguments.compare, "an earlier evaluation.json: say what got better or worse", false},
              {"tool", &arguments.tool, "evaluate another program with the command line of inspect"},
              {"known-good", &arguments.known_good,
               "so many of a case's known-good units, as far as it has them, are enrolled for its reference"},
              {"jobs", &arguments.jobs,
               "cases that are inspected at the same time; 0: half as many as there are processors"},
              {"timeout-s", &arguments.timeout_s, "seconds after which an inspection is ended and counted as trouble"},
              {"sensitivity", &arguments.sensitivity,
               "let each inspection measure its sensitivity, which takes half as long again, and say how true it is"},
              {"keep", &arguments.keep, "keep what each inspection writes, under DIR/cases", false},
              {"force", &arguments.force, "replace these files where they exist", false},
              {"quiet", &arguments.quiet, "show no progress"},
          }};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff evaluate CASES... --output DIR [FLAG...]\n\n"
         "Inspects cases with known changes and says how much is found, with how many false calls.\n"
         "CASES are folders with a case.json, or folders of such folders, as `boarddiff render` makes them.\n" +
         flags_help(groups) +
         "\nExit status:\n"
         "  0  the cases were evaluated; an inspection that failed is counted\n"
         "  2  trouble: arguments, no case, a case file that cannot be read\n";
}

std::vector<imaging::OptionProblem> problems_of(const EvaluateArguments& arguments) {
  std::vector<imaging::OptionProblem> found;
  if (arguments.output.empty()) {
    found.push_back({"--output", "must name a folder", "missing"});
  }
  imaging::OptionRules rules;
  rules.within("--jobs", arguments.jobs, 0, 1024);
  rules.within("--known-good", arguments.known_good, 1, 50);
  rules.within("--timeout-s", arguments.timeout_s, 0.1, 1e6);
  if (arguments.known_good != 1 && !arguments.tool.empty()) {
    found.push_back({"--known-good", "must be left out with --tool, which takes one picture for a reference", "given"});
  }
  const auto more = rules.problems();
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

imaging::Replace replace_rule(const EvaluateArguments& arguments) {
  return arguments.force ? imaging::Replace::allow : imaging::Replace::refuse;
}

Tool tool_of(const EvaluateArguments& arguments) {
  Tool tool{.program = arguments.tool, .timeout_s = arguments.timeout_s};
  if (arguments.tool.empty()) {
    std::error_code error;
    tool.program = fs::read_symlink("/proc/self/exe", error);
    tool.more_arguments = {"--quiet", "--threads", std::to_string(std::max(1, processors() / arguments.jobs))};
    if (!arguments.sensitivity) {
      tool.more_arguments.emplace_back("--no-sensitivity");
    }
  }
  std::error_code error;
  if (!fs::is_regular_file(tool.program, error) || access(tool.program.c_str(), X_OK) != 0) {
    throw Error(ErrorCode::unreadable_file, "--tool " + arguments.tool.string() + " is no program that can be run");
  }
  return tool;
}

std::string tool_name(const EvaluateArguments& arguments) {
  if (!arguments.tool.empty()) {
    return arguments.tool.filename().string();
  }
  const std::string name = "boarddiff " BOARDDIFF_VERSION;
  return arguments.known_good == 1 ? name : name + ", " + std::to_string(arguments.known_good) + " known-good boards";
}

fs::path kept_folder(const EvaluateArguments& arguments, const datasets::Case& one) {
  return arguments.output / "cases" / one.name;
}

std::vector<fs::path> targets_of(const EvaluateArguments& arguments) {
  return {arguments.output / "evaluation.json", arguments.output / "evaluation.html", arguments.output / "cases.csv",
          arguments.output / "changes.csv"};
}

void check_paths(const EvaluateArguments& arguments, const std::vector<datasets::Case>& cases) {
  std::error_code error;
  if (fs::exists(arguments.output, error) && !fs::is_directory(arguments.output, error)) {
    throw Error(ErrorCode::unwritable_output, "--output " + arguments.output.string() + " is no folder");
  }
  std::vector<fs::path> targets = targets_of(arguments);
  std::vector<fs::path> inputs;
  for (const fs::path& given : {arguments.compare, arguments.config}) {
    if (!given.empty()) {
      inputs.push_back(given);
    }
  }
  for (const datasets::Case& one : cases) {
    inputs.insert(inputs.end(), {one.folder / "case.json", one.sample});
    inputs.insert(inputs.end(), one.known_good.begin(), one.known_good.end());
    if (arguments.keep) {
      const fs::path kept = kept_folder(arguments, one);
      if (std::any_of(cases.begin(), cases.end(),
                      [&](const datasets::Case& other) { return fs::equivalent(other.folder, kept, error); })) {
        throw Error(ErrorCode::invalid_option, "--keep would write into the case " + kept.string());
      }
      const std::vector<fs::path> left = left_by_run(kept);
      targets.insert(targets.end(), left.begin(), left.end());
    }
  }
  check_targets(targets, inputs, replace_rule(arguments));
}

// The case with a reference file of its known-good units in place of its reference, made in `folder`. The truth says
// that they are good: they are not compared with each other.
// Nothing for boards that cannot be enrolled.
std::optional<datasets::Case> with_known_good(datasets::Case one, int count, const fs::path& folder) {
  EnrollJob job{.output = folder / "known-good.bdref"};
  const auto wanted = std::min(one.known_good.size(), static_cast<std::size_t>(count));
  job.pictures.assign(one.known_good.begin(), one.known_good.begin() + static_cast<std::ptrdiff_t>(wanted));
  job.inspection.modality = one.modality;
  job.compare_boards = false;
  job.quiet = true;
  std::ostringstream unheard;
  const Enrollment enrollment = run_enrollment(job, {unheard, unheard});
  if (enrollment.status != EnrollStatus::enrolled) {
    return std::nullopt;
  }
  one.reference = job.output;
  return one;
}

datasets::CaseResult run_in_folder(const EvaluateArguments& arguments, const datasets::Case& given, const Tool& tool) {
  const ScratchFolder enrolled;
  const bool several = arguments.known_good > 1 && given.known_good.size() > 1;
  const auto enrolled_case =
      several ? with_known_good(given, arguments.known_good, enrolled.path()) : std::optional(given);
  if (!enrolled_case) {
    datasets::CaseResult result = datasets::result_without_tool(given);
    result.trouble = "the known-good boards could not be laid on each other";
    return result;
  }
  const datasets::Case& one = *enrolled_case;
  if (!arguments.keep) {
    const ScratchFolder scratch;
    return run_case(one, tool, scratch.path());
  }
  const fs::path kept = kept_folder(arguments, one);
  create_folder(kept);
  remove_outputs(left_by_run(kept));
  return run_case(one, tool, kept);
}

std::vector<datasets::CaseResult> run_all(const EvaluateArguments& arguments, const std::vector<datasets::Case>& cases,
                                          const Streams& streams) {
  const Tool tool = tool_of(arguments);
  std::vector<datasets::CaseResult> results(cases.size());
  ProgressLine progress(streams, arguments.quiet);
  std::mutex progress_guard;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      results[i] = run_in_folder(arguments, cases[i], tool);
      const std::scoped_lock lock(progress_guard);
      progress.show(std::to_string(++done) + " of " + std::to_string(cases.size()) + " cases inspected");
    }
  };
  progress.show("inspecting " + std::to_string(cases.size()) + " cases");
  std::vector<std::future<void>> workers;
  workers.reserve(static_cast<std::size_t>(arguments.jobs));
  for (int job = 0; job < arguments.jobs; ++job) {
    workers.push_back(std::async(std::launch::async, work));
  }
  for (auto& worker : workers) {
    worker.get();
  }
  return results;
}

EvaluateArguments parsed(const std::vector<std::string>& arguments, const Streams& streams) {
  EvaluateArguments given;
  const std::vector<FlagGroup> groups = {evaluate_flags(given)};
  const std::string text = help_text(groups);
  ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    given.help = true;
    streams.out << text;
    return given;
  }
  append(parsed.problems, problems_of(given));
  imaging::throw_on_problems(parsed.problems);
  if (given.jobs == 0) given.jobs = std::max(1, processors() / 2);
  if (parsed.files.empty()) {
    throw Error(ErrorCode::invalid_option, "evaluate needs folders with cases, and was given none");
  }
  given.cases.assign(parsed.files.begin(), parsed.files.end());
  given.config = parsed.config;
  return given;
}

}  // namespace

ExitStatus evaluate_command(const std::vector<std::string>& arguments, const Streams& streams) {
  const EvaluateArguments given = parsed(arguments, streams);
  if (given.help) {
    return ExitStatus::nothing_found;
  }
  const std::vector<datasets::Case> cases = find_cases(given.cases);
  check_paths(given, cases);
  std::optional<datasets::Evaluation> before;
  if (!given.compare.empty()) {
    before = datasets::read_evaluation(given.compare);
  }

  const datasets::Evaluation evaluation = datasets::evaluate(tool_name(given), run_all(given, cases, streams));
  std::optional<datasets::Comparison> comparison;
  if (before) {
    comparison = compare_evaluations(*before, evaluation);
  }
  const std::vector<fs::path> targets = targets_of(given);
  write_outputs({{targets[1], evaluation_html(evaluation, comparison, cases)},
                 {targets[2], cases_csv(evaluation)},
                 {targets[3], changes_csv(evaluation)},
                 {targets[0], evaluation_json(evaluation, comparison)}},
                replace_rule(given));
  streams.out << summary_text(evaluation, comparison) << "\nsee " << targets[1].string() << "\n";
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
