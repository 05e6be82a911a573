// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// One line of a case file's trail: what was done, by whom, and to what. Times are UTC, as 2026-11-24T15:04:05Z.
struct TrailEntry {
  std::string at = {};
  std::string performer = {};  // column "operator"; empty: not given
  std::string station = {};
  std::string action = {};   // "batch started", "inspected", "merged"
  std::string subject = {};  // what it was done to: "sample 17", "case shard-2.bdcase"
  std::string detail = {};
};

// Puts the entry behind the last one, within a transaction of the caller. Its hash is the SHA-256 of the hash before it
// (64 zeros for the first) and of its own fields, each preceded by its length, so that none can be changed, taken out
// or put in between without changing all behind it.
void append_to_trail(compare::Database& database, const TrailEntry& entry);

// An entry as the file has it.
struct StoredEntry {
  std::int64_t id = 0;
  TrailEntry entry = {};
  std::string previous = {};
  std::string hash = {};
};
[[nodiscard]] std::vector<StoredEntry> entries_of(compare::Database& database);

// The first entry that is not what it has to be, and why: "its text is not what its hash was made of". Nothing where
// all are.
struct BrokenEntry {
  std::int64_t id = 0;
  std::string why = {};
};
[[nodiscard]] std::optional<BrokenEntry> broken_entry(const std::vector<StoredEntry>& entries);
[[nodiscard]] std::optional<BrokenEntry> broken_entry(compare::Database& database);

// That there is none before the first entry.
[[nodiscard]] std::string hash_before_all();

// The hash of the last entry; 64 zeros where there is none.
[[nodiscard]] std::string last_hash(compare::Database& database);

[[nodiscard]] std::string time_now();

}  // namespace boarddiff::cli
