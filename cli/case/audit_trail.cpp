// SPDX-License-Identifier: Apache-2.0
#include "cli/case/audit_trail.h"

#include "cli/case/sample_identity.h"

#include <chrono>
#include <ctime>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;

std::string hash_after(const std::string& previous, const TrailEntry& entry) {
  std::string text = previous;
  for (const std::string* field :
       {&entry.at, &entry.performer, &entry.station, &entry.action, &entry.subject, &entry.detail}) {
    text.append("\n").append(std::to_string(field->size())).append(":").append(*field);
  }
  return hash_of(text);
}

}  // namespace

std::string hash_before_all() { return std::string(64, '0'); }

std::string last_hash(Database& database) {
  const std::string hash = database.text_of("SELECT hash FROM trail ORDER BY id DESC LIMIT 1");
  return hash.empty() ? hash_before_all() : hash;
}

void append_to_trail(Database& database, const TrailEntry& entry) {
  const std::string previous = last_hash(database);
  Statement(database,
            "INSERT INTO trail(at, operator, station, action, subject, detail, previous, hash) VALUES(?, ?, ?, ?, ?, "
            "?, ?, ?)")
      .bind(0, std::string_view(entry.at))
      .bind(1, std::string_view(entry.performer))
      .bind(2, std::string_view(entry.station))
      .bind(3, std::string_view(entry.action))
      .bind(4, std::string_view(entry.subject))
      .bind(5, std::string_view(entry.detail))
      .bind(6, std::string_view(previous))
      .bind(7, std::string_view(hash_after(previous, entry)))
      .step();
}

std::vector<StoredEntry> entries_of(Database& database) {
  Statement rows(database,
                 "SELECT id, at, operator, station, action, subject, detail, previous, hash FROM trail ORDER BY id");
  std::vector<StoredEntry> entries;
  while (rows.step()) {
    entries.push_back({.id = rows.integer(0),
                       .entry = {.at = rows.bytes(1),
                                 .performer = rows.bytes(2),
                                 .station = rows.bytes(3),
                                 .action = rows.bytes(4),
                                 .subject = rows.bytes(5),
                                 .detail = rows.bytes(6)},
                       .previous = rows.bytes(7),
                       .hash = rows.bytes(8)});
  }
  return entries;
}

std::optional<BrokenEntry> broken_entry(const std::vector<StoredEntry>& entries) {
  std::string previous = hash_before_all();
  std::int64_t before = 0;
  for (const StoredEntry& stored : entries) {
    if (stored.id != before + 1) {
      return BrokenEntry{stored.id, before == 0 ? "it is the first, and those before it are gone"
                                                : "it comes behind entry " + std::to_string(before) +
                                                      ", and those between them are gone"};
    }
    if (stored.previous != previous) return BrokenEntry{stored.id, "it does not carry the hash of the entry before it"};
    if (stored.hash != hash_after(previous, stored.entry)) {
      return BrokenEntry{stored.id, "its text is not what its hash was made of"};
    }
    previous = stored.hash;
    before = stored.id;
  }
  return {};
}

std::optional<BrokenEntry> broken_entry(Database& database) { return broken_entry(entries_of(database)); }

std::string time_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts = {};
  gmtime_r(&now, &parts);
  std::string text(sizeof "2026-11-24T15:04:05Z", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
  return text;
}

}  // namespace boarddiff::cli
