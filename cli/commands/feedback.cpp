// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/feedback.h"

#include "cli/arguments.h"
#include "cli/case/case_store.h"
#include "cli/export/case_export.h"
#include "cli/feedback/accept_variation.h"
#include "cli/login_name.h"
#include "compare/reference_file.h"
#include "imaging/base/error.h"
#include "imaging/base/text.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

namespace boarddiff::cli {
namespace {

namespace fs = std::filesystem;
using compare::EnrolledVariation;
using imaging::Error;
using imaging::ErrorCode;

struct FeedbackArguments {
  std::string board = {};
  int finding = 0;
  bool ignore = false;
  fs::path reference = {};
  int withdraw = 0;
  std::string reviewer = {};
  std::string station = {};
};

std::vector<FlagGroup> flags_of(FeedbackArguments& arguments) {
  return {{"A dismissal that is to hold for further boards",
           {
               {"board", &arguments.board, "the board with this serial number or file name", false},
               {"finding", &arguments.finding, "the number of its finding, which was dismissed", false},
               {"ignore-print", &arguments.ignore,
                "ignore the place of a changed marking on every board instead of keeping its look: for lot codes"},
           }},
          {"The variations of a reference file",
           {
               {"reference", &arguments.reference, "list them; FILE.bdcase may then be left out", false},
               {"withdraw", &arguments.withdraw, "the number of one that is to count no longer", false},
           }},
          {"Who",
           {
               {"reviewer", &arguments.reviewer, "who answers for it; without it, your login name"},
               {"station", &arguments.station, "where"},
           }}};
}

std::string help_text(const std::vector<FlagGroup>& groups) {
  return "usage: boarddiff feedback FILE.bdcase --board NAME --finding N [--reviewer NAME]\n"
         "       boarddiff feedback --reference FILE.bdref [--withdraw N] [FILE.bdcase] [--reviewer NAME]\n\n"
         "Makes a dismissed finding a normal variation of the reference file that the board was inspected against:\n"
         "boards that look like this there are no longer called, and those that look like neither still are.\n"
         "Variations stay in the file with who accepted them and why, and can be withdrawn; every later report\n"
         "shows them. What is done here is in the trail of FILE.bdcase. The next boarddiff batch inspects again.\n" +
         flags_help(groups) + "\n" + exit_status_help();
}

std::vector<imaging::OptionProblem> problems_of(const FeedbackArguments& arguments, bool has_case) {
  imaging::OptionRules rules;
  rules.within("--finding", arguments.finding, 0, 1'000'000).within("--withdraw", arguments.withdraw, 0, 1'000'000);
  std::vector<imaging::OptionProblem> found = rules.problems();
  const bool accepts = !arguments.board.empty() || arguments.finding > 0;
  if (accepts && !arguments.reference.empty()) {
    found.push_back({"--reference", "must be given without --board and --finding", "given"});
  }
  if (arguments.reference.empty()) {
    if (arguments.board.empty()) found.push_back({"--board", "must name a board", "missing"});
    if (arguments.finding == 0) found.push_back({"--finding", "must be the number of a finding", "missing"});
    if (arguments.withdraw > 0) found.push_back({"--withdraw", "must be given with --reference", "given"});
    if (!has_case) found.push_back({"FILE.bdcase", "must be named", "missing"});
  }
  return found;
}

// The one picture of the board whose finding of this number was dismissed.
DecisionPlace dismissed_place(compare::Database& database, const fs::path& file, const FeedbackArguments& given) {
  const CaseExport held = read_export(database, file, {.all = true, .candidates = true, .board = given.board});
  std::vector<DecisionPlace> places;
  for (const ExportedBoard& one : held.boards) {
    for (const ExportedFinding& finding : one.findings) {
      if (finding.found.number == given.finding && finding.decided.state() == PlaceState::dismissed) {
        places.push_back({.sample = one.board.id, .number = given.finding});
      }
    }
  }
  if (places.size() != 1) {
    throw Error(ErrorCode::invalid_option,
                file.string() + ": finding " + std::to_string(given.finding) + " of " + given.board +
                    (places.empty() ? " does not stand as dismissed"
                                    : " was dismissed in several pictures; name its picture's file"));
  }
  return places.front();
}

std::string words_on(const EnrolledVariation& variation) {
  const auto whole = [](double value) { return std::to_string(std::lround(value)); };
  std::string line = std::to_string(variation.number) + ": " + whole(variation.core.width) + " x " +
                     whole(variation.core.height) + " pixels at " + whole(variation.core.x) + "," +
                     whole(variation.core.y) + ": " + variation.why + " (" + variation.who + ", " + variation.when +
                     ")";
  if (!variation.withdrawn_by.empty()) {
    line += "; withdrawn by " + variation.withdrawn_by + ", " + variation.withdrawn_at;
  }
  return line;
}

void list_variations(const fs::path& path, const Streams& streams) {
  const compare::ReferenceFile file = compare::read_reference_file(path);
  for (const EnrolledVariation& variation : file.variations) streams.out << words_on(variation) << "\n";
  if (file.variations.empty()) streams.out << path.string() << ": holds no variation\n";
}

}  // namespace

ExitStatus feedback_command(const std::vector<std::string>& arguments, const Streams& streams) {
  FeedbackArguments given;
  const std::vector<FlagGroup> groups = flags_of(given);
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << help_text(groups);
    return ExitStatus::nothing_found;
  }
  std::vector<imaging::OptionProblem> problems = parsed.problems;
  append(problems, problems_of(given, !parsed.files.empty()));
  imaging::throw_on_problems(problems);
  if (parsed.files.size() > 1) {
    throw Error(ErrorCode::invalid_option,
                "feedback needs one case file, and was given " + std::to_string(parsed.files.size()));
  }
  if (given.reviewer.empty()) given.reviewer = login_name();
  std::optional<CaseStore> store;
  if (!parsed.files.empty()) {
    store.emplace(parsed.files.front(), compare::DatabaseAccess::write,
                  Station{.performer = given.reviewer, .station = given.station});
    for (const std::string& note : store->notes()) streams.err << "note: " << note << "\n";
  }
  if (given.withdraw > 0) {
    withdraw_variation(given.reference, given.withdraw, given.reviewer, store ? &*store : nullptr);
    streams.out << given.reference.string() << ": variation " << given.withdraw << " counts no longer\n";
  } else if (!given.reference.empty()) {
    list_variations(given.reference, streams);
  } else {
    const DecisionPlace place = dismissed_place(store->database(), parsed.files.front(), given);
    const VariationRequest request = variation_request(store->database(), place, given.reviewer);
    const std::string became =
        given.ignore ? "ignored region " + keep_region(*store, request)
                     : "variation " + std::to_string(keep_variation(*store, request, cut_variation(request)));
    streams.out << request.board.reference_path << ": finding " << given.finding << " of " << given.board << " is "
                << became << " now; the next boarddiff batch inspects with it\n";
  }
  return ExitStatus::nothing_found;
}

}  // namespace boarddiff::cli
