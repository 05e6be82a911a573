// SPDX-License-Identifier: Apache-2.0
#include "cli/review/slipped_parts.h"

#include "compare/inspection.h"
#include "imaging/base/random.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <utility>

namespace boarddiff::cli {
namespace {

// That have virtual parts, and that nothing was decided about.
std::set<std::int64_t> untouched_samples(compare::Database& database, const std::string& reviewer) {
  compare::Statement rows(database,
                          "SELECT DISTINCT sample FROM virtual_part WHERE sample NOT IN (SELECT sample FROM decision) "
                          "AND sample NOT IN (SELECT sample FROM vigilance WHERE reviewer = ?)");
  rows.bind(0, std::string_view(reviewer));
  std::set<std::int64_t> samples;
  while (rows.step()) samples.insert(rows.integer(0));
  return samples;
}

bool has_pictures(const CaseBoard& board) {
  std::error_code error;
  return board.state == "inspected" && board.outcome != name_of(compare::Outcome::not_comparable) &&
         std::filesystem::exists(board.path, error) && std::filesystem::exists(board.reference_path, error);
}

// Behind all findings that are at least as certain, where one of that score stands among them.
int number_among(const std::vector<CaseFinding>& findings, double score) {
  int number = 1;
  for (const CaseFinding& finding : findings) {
    if (finding.above_threshold && finding.score >= score) number = std::max(number, finding.number + 1);
  }
  return number;
}

}  // namespace

SlippedParts::SlippedParts(compare::Database& database, const std::vector<CaseBoard>& boards,
                           const SlippedChoice& choice)
    : any_(true) {
  const std::set<std::int64_t> untouched = untouched_samples(database, choice.reviewer);
  imaging::Random random(choice.seed);
  for (const CaseBoard& board : boards) {
    if (!untouched.contains(board.id) || !random.chance(choice.share) || !has_pictures(board)) continue;
    std::vector<CaseVirtualPart> parts = virtual_parts_of(database, board.id);
    if (parts.empty()) continue;
    const int chosen = random.integer(0, static_cast<int>(parts.size()) - 1);
    SlippedPart slipped{.part = std::move(parts.at(static_cast<std::size_t>(chosen)))};
    slipped.number = number_among(findings_of(database, board.id), slipped.part.finding.score);
    parts_.emplace(board.id, std::move(slipped));
  }
}

SlippedPart* SlippedParts::at(std::int64_t sample) {
  const auto found = parts_.find(sample);
  return found == parts_.end() ? nullptr : &found->second;
}

const SlippedPart* SlippedParts::listed_at(std::int64_t sample) const {
  const auto found = parts_.find(sample);
  return found == parts_.end() || !found->second.is_listed ? nullptr : &found->second;
}

int SlippedParts::shown_number(std::int64_t sample, int number) const {
  const auto found = parts_.find(sample);
  return found != parts_.end() && number >= found->second.number ? number + 1 : number;
}

CaseBoard SlippedParts::shown(CaseBoard board) const {
  const SlippedPart* const slipped = listed_at(board.id);
  if (slipped == nullptr) {
    return board;
  }
  ++board.findings;
  board.score = std::max(board.score, slipped->part.finding.score);
  board.outcome = name_of(compare::Outcome::needs_review);
  board.reason = compare::summary_of(static_cast<std::size_t>(board.findings));
  return board;
}

}  // namespace boarddiff::cli
