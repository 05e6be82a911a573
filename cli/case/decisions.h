// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_store.h"
#include "compare/database.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace boarddiff::cli {

// What a decision is about: a finding of a sample, or, without a number, the sample as a whole.
struct DecisionPlace {
  std::int64_t sample = 0;
  std::optional<int> number = {};

  bool operator==(const DecisionPlace&) const = default;
  bool operator<(const DecisionPlace& other) const {
    return std::tie(sample, number) < std::tie(other.sample, other.number);
  }
};

// The column `verdict`. `comment` says something and decides nothing; `undone` takes back the last row of the same
// reviewer on the same place that is not taken back yet.
inline constexpr std::string_view kUnexpected = "unexpected";
inline constexpr std::string_view kDismissed = "dismissed";
inline constexpr std::string_view kUnsure = "unsure";
inline constexpr std::string_view kComment = "comment";
inline constexpr std::string_view kUndone = "undone";

// Why a finding is dismissed: the column `reason` of such rows.
inline constexpr std::array<std::string_view, 6> kDismissals = {"label",     "lot_code",      "dirt",
                                                                "alternate", "picture_fault", "other"};

// One row. Rows are only added: what was decided before stays readable.
struct Decision {
  std::int64_t id = 0;
  DecisionPlace place = {};
  std::string verdict = {};
  std::string reason = {};
  std::string comment = {};
  std::string reviewer = {};
  std::string at = {};
};

// All rows behind that id, in order.
[[nodiscard]] std::vector<Decision> decisions_after(compare::Database& database, std::int64_t id = 0);

// What holds for one place.
enum class PlaceState { undecided, unexpected, dismissed, unsure, conflict };
[[nodiscard]] std::string_view name_of(PlaceState state);

struct Standing {
  std::vector<Decision> verdicts = {};  // of each reviewer the one that holds, by name
  std::vector<Decision> comments = {};  // that are not taken back, in order

  [[nodiscard]] PlaceState state() const;
};
[[nodiscard]] std::map<DecisionPlace, Standing> standing_of(const std::vector<Decision>& decisions);

// A row as its entry in the trail says it: "sample 3, finding 2", and "Ann: dismissed (dirt): looked twice".
[[nodiscard]] std::string subject_of(const DecisionPlace& place);
[[nodiscard]] std::string trail_words(const Decision& row);

// Throws Error{invalid_option} for what no decision can be, whatever it is about: an unknown verdict or reason, an
// empty comment, texts beyond 10,000 bytes.
void check_words(const Decision& wanted);

// Adds the row, with the time of now, and writes it into the trail. Throws Error{invalid_option} as check_words
// does, and for an unknown place.
Decision decide(CaseStore& store, const Decision& wanted);

// The two halves of that, for decisions that were made elsewhere: whether it can be one, and adding it, with its time
// where it has one. Within a transaction of the caller.
void check_decision(compare::Database& database, const Decision& wanted);
Decision add_decision(CaseStore& store, Decision row);

// Takes back what this reviewer did last and has not taken back; nothing where there is none.
std::optional<Decision> undo_last(CaseStore& store, const std::string& reviewer);

}  // namespace boarddiff::cli
