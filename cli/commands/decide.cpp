// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/decide.h"

#include "cli/arguments.h"
#include "cli/case/brought_decisions.h"
#include "cli/case/case_store.h"
#include "imaging/base/error.h"

namespace boarddiff::cli {
namespace {

std::string words_on(const BroughtIn& brought) {
  std::string words = std::to_string(brought.added) + (brought.added == 1 ? " decision" : " decisions") + " brought in";
  if (brought.known > 0) words.append(", ").append(std::to_string(brought.known)).append(" known already");
  if (brought.outdated > 0) {
    words.append(", ").append(std::to_string(brought.outdated)).append(" left out: the reviewer has decided since");
  }
  return words;
}

}  // namespace

ExitStatus decide_command(const std::vector<std::string>& arguments, const Streams& streams) {
  Station station;
  const std::vector<FlagGroup> groups = {{"Deciding",
                                          {
                                              {"operator", &station.performer, "who brings them in"},
                                              {"station", &station.station, "where"},
                                          }}};
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out
        << "usage: boarddiff decide FILE.bdcase DECISIONS.json... [FLAG...]\n\n"
           "Brings decisions into a case file that were made on the page of a report (report --to-decide), on\n"
           "machines without boarddiff. All of them or none: every one has to be about a finding that the case\n"
           "holds and that has not been inspected again since. The same file can be brought in again. Where\n"
           "reviewers differ, both decisions stand, and the conflict is said.\n" +
               flags_help(groups) +
               "\nExit status:\n"
               "  0  they are in the case file\n"
               "  2  trouble: arguments, files, or an error inside the program; nothing was brought in\n"
               "\nExamples:\n"
               "  boarddiff report pallet.bdcase --to-decide --output for-cleo\n"
               "  boarddiff decide pallet.bdcase decisions.json\n";
    return ExitStatus::nothing_found;
  }
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() < 2) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "decide needs a case file and files of decisions, and was given " +
                             std::to_string(parsed.files.size()) + (parsed.files.size() == 1 ? " file" : " files"));
  }
  std::vector<DecisionsFile> files;
  for (std::size_t i = 1; i < parsed.files.size(); ++i) files.push_back(read_decisions_file(parsed.files[i]));
  CaseStore store(parsed.files.front(), compare::DatabaseAccess::write, station);
  const std::vector<BroughtIn> brought = bring_in(store, files);
  for (const std::string& note : store.notes()) streams.err << "note: " << note << "\n";
  for (std::size_t i = 0; i < brought.size(); ++i) {
    streams.out << files[i].shown_name << ": " << words_on(brought[i]) << "\n";
    for (const std::string& note : brought[i].notes) streams.out << "  " << note << "\n";
  }
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
