// SPDX-License-Identifier: Apache-2.0
#include "cli/case/decisions.h"

#include "cli/case/audit_trail.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;
using compare::Transaction;

constexpr std::size_t kMostText = 10'000;

// What each reviewer did at a place and has not taken back, the last at the end.
using Done = std::map<std::pair<DecisionPlace, std::string>, std::vector<Decision>>;

Done done_in(const std::vector<Decision>& decisions) {
  Done done;
  for (const Decision& one : decisions) {
    std::vector<Decision>& stack = done[{one.place, one.reviewer}];
    if (one.verdict != kUndone) {
      stack.push_back(one);
    } else if (!stack.empty()) {
      stack.pop_back();
    }
  }
  return done;
}

[[noreturn]] void refuse(const std::string& why) {
  throw imaging::Error(imaging::ErrorCode::invalid_option, "the decision " + why);
}

void check_place(Database& database, const Decision& wanted) {
  Statement row(database, wanted.place.number ? "SELECT 1 FROM finding WHERE sample = ? AND number = ?"
                                              : "SELECT 1 FROM sample WHERE id = ?");
  row.bind(0, wanted.place.sample);
  if (wanted.place.number) row.bind(1, std::int64_t{*wanted.place.number});
  if (!row.step()) refuse("is about a finding that the case does not hold");
}

}  // namespace

void check_words(const Decision& wanted) {
  const auto any_of = [](const auto& known, std::string_view text) {
    return std::find(known.begin(), known.end(), text) != known.end();
  };
  const std::array<std::string_view, 4> verdicts = {kUnexpected, kDismissed, kUnsure, kComment};
  if (!any_of(verdicts, wanted.verdict)) refuse("must be unexpected, dismissed, unsure or a comment");
  if (wanted.verdict == kDismissed ? !any_of(kDismissals, wanted.reason) : !wanted.reason.empty()) {
    refuse("has a reason that is none: " + wanted.reason.substr(0, 40));
  }
  if (wanted.verdict == kComment && wanted.comment.empty()) refuse("is a comment without words");
  if (wanted.comment.size() > kMostText) refuse("has a comment beyond " + std::to_string(kMostText) + " bytes");
}

void check_decision(Database& database, const Decision& wanted) {
  check_words(wanted);
  check_place(database, wanted);
}

std::string_view name_of(PlaceState state) {
  switch (state) {
    case PlaceState::undecided:
      return "undecided";
    case PlaceState::unexpected:
      return kUnexpected;
    case PlaceState::dismissed:
      return kDismissed;
    case PlaceState::unsure:
      return kUnsure;
    case PlaceState::conflict:
      return "conflict";
  }
  return "undecided";
}

std::string subject_of(const DecisionPlace& place) {
  std::string text = "sample " + std::to_string(place.sample);
  if (place.number) text.append(", finding ").append(std::to_string(*place.number));
  return text;
}

std::string trail_words(const Decision& row) {
  std::string text = row.reviewer + ": " + row.verdict;
  if (!row.reason.empty()) text.append(" (").append(row.reason).append(")");
  if (!row.comment.empty()) text.append(": ").append(row.comment);
  return text;
}

Decision add_decision(CaseStore& store, Decision row) {
  Database& database = store.database();
  if (row.at.empty()) row.at = time_now();
  Statement insert(database,
                   "INSERT INTO decision(sample, number, verdict, reason, comment, reviewer, decided_at) VALUES(?, ?, "
                   "?, ?, ?, ?, ?)");
  insert.bind(0, row.place.sample);
  row.place.number ? insert.bind(1, std::int64_t{*row.place.number}) : insert.bind_null(1);
  insert.bind(2, std::string_view(row.verdict))
      .bind(3, std::string_view(row.reason))
      .bind(4, std::string_view(row.comment))
      .bind(5, std::string_view(row.reviewer))
      .bind(6, std::string_view(row.at))
      .step();
  row.id = database.integer_of("SELECT last_insert_rowid()");
  store.add_to_trail("decided", subject_of(row.place), trail_words(row));
  return row;
}

std::vector<Decision> decisions_after(Database& database, std::int64_t id) {
  Statement rows(database,
                 "SELECT id, sample, number, verdict, reason, comment, reviewer, decided_at FROM decision WHERE id > ? "
                 "ORDER BY id");
  rows.bind(0, id);
  std::vector<Decision> list;
  while (rows.step()) {
    Decision one{.id = rows.integer(0),
                 .place = {.sample = rows.integer(1)},
                 .verdict = rows.bytes(3),
                 .reason = rows.bytes(4),
                 .comment = rows.bytes(5),
                 .reviewer = rows.bytes(6),
                 .at = rows.bytes(7)};
    if (!rows.is_null(2)) one.place.number = static_cast<int>(rows.integer(2));
    list.push_back(std::move(one));
  }
  return list;
}

PlaceState Standing::state() const {
  if (verdicts.empty()) return PlaceState::undecided;
  const std::string& first = verdicts.front().verdict;
  const bool agreed =
      std::all_of(verdicts.begin(), verdicts.end(), [&](const Decision& one) { return one.verdict == first; });
  if (!agreed) return PlaceState::conflict;
  if (first == kUnexpected) return PlaceState::unexpected;
  return first == kDismissed ? PlaceState::dismissed : PlaceState::unsure;
}

std::map<DecisionPlace, Standing> standing_of(const std::vector<Decision>& decisions) {
  std::map<DecisionPlace, Standing> all;
  for (auto& [where, stack] : done_in(decisions)) {
    if (stack.empty()) continue;
    Standing& standing = all[where.first];
    const auto verdict =
        std::find_if(stack.rbegin(), stack.rend(), [](const Decision& one) { return one.verdict != kComment; });
    if (verdict != stack.rend()) standing.verdicts.push_back(*verdict);
    for (const Decision& one : stack) {
      if (!one.comment.empty()) standing.comments.push_back(one);
    }
  }
  for (auto& [place, standing] : all) {
    std::sort(standing.comments.begin(), standing.comments.end(),
              [](const Decision& a, const Decision& b) { return a.id < b.id; });
  }
  return all;
}

Decision decide(CaseStore& store, const Decision& wanted) {
  check_decision(store.database(), wanted);
  Transaction transaction(store.database());
  Decision made = add_decision(store, wanted);
  transaction.commit();
  return made;
}

std::optional<Decision> undo_last(CaseStore& store, const std::string& reviewer) {
  Transaction transaction(store.database());
  std::optional<Decision> last;
  for (const auto& [where, stack] : done_in(decisions_after(store.database()))) {
    if (where.second != reviewer || stack.empty()) continue;
    if (!last || stack.back().id > last->id) last = stack.back();
  }
  if (!last) {
    return {};
  }
  Decision made = add_decision(store, {.place = last->place, .verdict = std::string(kUndone), .reviewer = reviewer});
  transaction.commit();
  return made;
}

}  // namespace boarddiff::cli
