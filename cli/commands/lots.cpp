// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/lots.h"

#include "cli/arguments.h"
#include "cli/case/case_store.h"
#include "cli/case/lots.h"
#include "imaging/base/error.h"
#include "imaging/base/printable_text.h"
#include "imaging/base/text.h"

#include <cmath>

namespace boarddiff::cli {
namespace {

std::string_view heading(LotShare share) {
  switch (share) {
    case LotShare::some:
      return "Shared by some boards:";
    case LotShare::one:
      return "On one board alone:";
    case LotShare::most:
      return "On most boards (the reference may be out of date):";
  }
  return "";
}

std::string line_of(const LotCluster& cluster) {
  const imaging::Box& box = cluster.reference_box;
  const auto whole = [](double value) { return std::to_string(std::lround(value)); };
  std::string line = "  " + std::to_string(cluster.boards) + " of " + std::to_string(cluster.inspected) + "  " +
                     imaging::fixed_text(cluster.score, 2) + "  " + cluster.kind + " at " + whole(box.x) + "," +
                     whole(box.y) + " (" + whole(box.width) + " x " + whole(box.height) + ") of " +
                     imaging::printable_text(cluster.reference);
  if (!cluster.near.empty()) line.append(", ").append(imaging::printable_text(cluster.near));
  line += ": ";
  for (std::size_t i = 0; i < cluster.names.size(); ++i) {
    line.append(i == 0 ? "" : ", ").append(imaging::printable_text(cluster.names[i]));
  }
  const auto more = cluster.boards - static_cast<std::int64_t>(cluster.names.size());
  if (more > 0) line.append(" and ").append(std::to_string(more)).append(" more");
  return line + "\n";
}

}  // namespace

ExitStatus lots_command(const std::vector<std::string>& arguments, const Streams& streams) {
  std::string lot;
  int most = 50;
  const std::vector<FlagGroup> groups = {{"Lots",
                                          {
                                              {"lot", &lot, "only boards of this lot", false},
                                              {"most", &most, "lines under each heading"},
                                          }}};
  const ParsedArguments parsed = parse_arguments(groups, arguments);
  if (parsed.help) {
    streams.out << "usage: boarddiff lots FILE.bdcase [FLAG...]\n\n"
                   "Says which findings several boards share: what some have stands out from what one has, and from\n"
                   "what all have. Boxes are in pixels of the reference.\n" +
                       flags_help(groups) + "\n" + exit_status_help();
    return ExitStatus::nothing_found;
  }
  std::vector<imaging::OptionProblem> problems = parsed.problems;
  append(problems, imaging::OptionRules().within("--most", most, 1, 1e9).problems());
  imaging::throw_on_problems(problems);
  if (parsed.files.size() != 1) {
    throw imaging::Error(imaging::ErrorCode::invalid_option,
                         "lots needs one case file, and was given " + std::to_string(parsed.files.size()));
  }
  CaseStore store(parsed.files.front(), compare::DatabaseAccess::read);
  const std::vector<LotCluster> clusters = lot_clusters(store.database(), {.lot = lot});
  for (const LotShare share : {LotShare::some, LotShare::one, LotShare::most}) {
    int lines = 0;
    int hidden = 0;
    for (const LotCluster& cluster : clusters) {
      if (cluster.share != share) continue;
      if (lines == 0) streams.out << heading(share) << "\n";
      if (++lines <= most) {
        streams.out << line_of(cluster);
      } else {
        ++hidden;
      }
    }
    if (hidden > 0) streams.out << "  ... and " << hidden << " more\n";
  }
  if (clusters.empty()) streams.out << "No board has a finding.\n";
  return clusters.empty() ? ExitStatus::nothing_found : ExitStatus::needs_review;
}

}  // namespace boarddiff::cli
