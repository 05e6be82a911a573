// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/merge.h"

#include "cli/arguments.h"
#include "cli/case/case_store.h"
#include "cli/case/merge_cases.h"
#include "cli/output_targets.h"
#include "imaging/base/error.h"

#include <filesystem>

namespace boarddiff::cli {

ExitStatus merge_command(const std::vector<std::string>& arguments, const Streams& streams) {
  std::filesystem::path target;
  Station station;
  const std::vector<FlagGroup> groups = {
      {"Merging",
       {
           {"case", &target, "the case file that they go into; it is made where there is none", false},
           {"operator", &station.performer, "who merges them"},
           {"station", &station.station, "where"},
       }}};
  const std::string help =
      "usage: boarddiff merge FILE... --case FILE\n\n"
      "Brings the samples of case files, such as those of the parts of a batch, into one. What it holds already\n"
      "stays as it is: the same files can be merged again.\n" +
      flags_help(groups) + "\n" + exit_status_help();
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help;
    return ExitStatus::nothing_found;
  }
  std::vector<imaging::OptionProblem> problems = parsed.problems;
  if (target.empty()) problems.push_back({"--case", "must name a file", "missing"});
  imaging::throw_on_problems(problems);
  if (parsed.files.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option, "merge needs case files, and was given none");
  }
  const std::vector<std::filesystem::path> sources(parsed.files.begin(), parsed.files.end());
  check_targets({target}, sources, imaging::Replace::allow);
  for (const std::filesystem::path& source : sources) {
    const CaseStore readable(source, compare::DatabaseAccess::read);
  }
  CaseStore store(target, compare::DatabaseAccess::create, station);
  for (const std::filesystem::path& source : sources) {
    const Merged merged = merge_case(store, target, source);
    streams.out << source.string() << ": " << merged.added << " samples added, " << merged.completed << " completed, "
                << merged.known << " known\n";
  }
  for (const std::string& note : store.notes()) streams.out << "note: " << note << "\n";
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
