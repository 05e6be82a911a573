// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/history.h"

#include "cli/arguments.h"
#include "cli/case/case_store.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text.h"

#include <filesystem>

namespace boarddiff::cli {
namespace {

using compare::Statement;

constexpr std::size_t kMostText = 2000;  // case files come from elsewhere

std::string words_of(const std::string& outcome, std::int64_t findings, const std::string& reason) {
  if (outcome == "needs_review") return std::to_string(findings) + (findings == 1 ? " finding" : " findings");
  if (outcome == "nothing_found") return "nothing found";
  return (outcome == "not_comparable" ? "not comparable: " : "not inspected: ") +
         imaging::printable_text(reason, kMostText);
}

void print_findings(compare::Database& database, std::int64_t sample, std::ostream& out) {
  Statement rows(
      database,
      "SELECT number, kind, score, near, reason FROM finding WHERE sample = ? AND above_threshold = 1 ORDER BY "
      "number");
  rows.bind(0, sample);
  while (rows.step()) {
    const std::string near = imaging::printable_text(rows.bytes(3), kMostText);
    out << "    " << rows.integer(0) << "  " << imaging::fixed_text(rows.number(2).value_or(0), 2) << "  "
        << rows.bytes(1) << (near.empty() ? "" : ", " + near) << ": "
        << imaging::printable_text(rows.bytes(4), kMostText) << "\n";
  }
}

}  // namespace

ExitStatus history_command(const std::vector<std::string>& arguments, const Streams& streams) {
  const std::vector<FlagGroup> groups;
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << "usage: boarddiff history FILE.bdcase SERIAL\n\n"
                   "Says what was seen of one board, stage by stage: compared with the reference, and with its own\n"
                   "picture of the stage before.\n" +
                       flags_help(groups) + "\n" + exit_status_help();
    return ExitStatus::nothing_found;
  }
  imaging::throw_on_problems(parsed.problems);
  if (parsed.files.size() != 2) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "history needs a case file and a serial number, and was given " +
                             std::to_string(parsed.files.size()) + " names");
  }
  CaseStore store(parsed.files[0], compare::DatabaseAccess::read);
  compare::Database& database = store.database();
  Statement rows(
      database,
      "SELECT one.id, one.stage, one.side, one.taken, one.file, ifnull(seen.outcome, ''), "
      "ifnull(seen.findings, 0), seen.reason, reference.file, before.stage, seen.id FROM sample AS one JOIN "
      "sample AS seen ON seen.id = ifnull(one.same_as, one.id) JOIN reference ON reference.id = "
      "one.reference LEFT JOIN sample AS before ON before.id = one.earlier WHERE one.serial = ? ORDER BY one.id");
  rows.bind(0, std::string_view(parsed.files[1]));
  std::vector<RankedBoard> boards;
  while (rows.step()) {
    const auto text = [&](int column) { return imaging::printable_text(rows.bytes(column)); };
    const std::string stage = text(1);
    const std::string side = text(2);
    const std::string taken = text(3);
    const std::string outcome = rows.bytes(5);
    streams.out << (stage.empty() ? "no stage" : stage) << (side.empty() ? "" : ", " + side)
                << (taken.empty() ? "" : ", " + taken) << ": " << text(4) << " against "
                << (rows.is_null(9) ? "the reference " + text(8) : text(8) + " of stage " + text(9)) << ": "
                << words_of(outcome, rows.integer(6), rows.bytes(7)) << "\n";
    print_findings(database, rows.integer(10), streams.out);
    boards.push_back({.outcome = outcome});
  }
  if (boards.empty()) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         parsed.files[0] + ": holds no board with the serial number " + parsed.files[1]);
  }
  return worst_of(boards);
}

}  // namespace boarddiff::cli
