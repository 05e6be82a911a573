// SPDX-License-Identifier: Apache-2.0
#include "cli/case/verify_case.h"

#include "cli/case/audit_trail.h"
#include "cli/case/case_schema.h"
#include "cli/case/recorded_rows.h"
#include "cli/case/reported_rows.h"
#include "compare/database.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::DatabaseAccess;
using compare::Statement;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::chrono::milliseconds kPatience{60'000};  // other processes write for milliseconds

// By SQLite itself.
std::string damage_of(Database& database) {
  const std::string found = database.text_of("PRAGMA integrity_check(1)");
  if (found != "ok") {
    return "SQLite finds it damaged: " + found;
  }
  Statement row(database, "PRAGMA foreign_key_check");
  if (!row.step()) {
    return {};
  }
  return "row " + std::to_string(row.integer(1)) + " of its table " + row.bytes(0) + " speaks of a row of " +
         row.bytes(2) + " that is not there";
}

// That tables and triggers are those of a case file. Where not even SQLite can read them, they are not.
std::string unlike_schema(Database& database, const std::filesystem::path& path) {
  try {
    static_cast<void>(prepare_case(database, path, DatabaseAccess::look));
    return {};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_file) throw;
    const std::string message = error.what();
    const std::string name = database.shown_name() + ": ";
    return message.starts_with(name) ? message.substr(name.size()) : message;
  }
}

std::string unlike_chain(const std::vector<StoredEntry>& entries) {
  const std::optional<BrokenEntry> broken = broken_entry(entries);
  return broken ? "entry " + std::to_string(broken->id) + " of its trail does not fit: " + broken->why : "";
}

std::optional<std::int64_t> entry_with(const std::vector<StoredEntry>& entries, const std::string& hash) {
  if (hash == hash_before_all()) {
    return 0;
  }
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const StoredEntry& one) { return one.hash == hash; });
  return found == entries.end() ? std::nullopt : std::optional(found->id);
}

std::string unlike_rows(Database& database, const std::vector<StoredEntry>& entries) {
  if (const auto why = unlike_trail(database, entries)) {
    return *why;
  }
  return unlike_report(database).value_or("");
}

}  // namespace

CaseCheck verify_case(const std::filesystem::path& path, const std::string& expected) {
  Database database(path, DatabaseAccess::look, kPatience);
  database.run("BEGIN");  // one moment of it; ends with the connection
  CaseCheck check;
  const std::string damage = damage_of(database);
  // Also of a damaged file: what is no case file is not called a broken one.
  const std::string unlike = unlike_schema(database, path);
  check.trouble = damage.empty() ? unlike : damage;
  if (!check.trouble.empty()) {
    return check;
  }
  check.schema = database.integer_of("PRAGMA user_version");
  check.samples = database.integer_of("SELECT count(*) FROM sample");
  check.decisions = database.integer_of("SELECT count(*) FROM decision");
  const std::vector<StoredEntry> entries = entries_of(database);
  check.entries = static_cast<std::int64_t>(entries.size());
  check.last_hash = entries.empty() ? hash_before_all() : entries.back().hash;
  check.trouble = unlike_chain(entries);
  if (check.trouble.empty() && !expected.empty()) {
    check.expected_entry = entry_with(entries, expected);
    if (!check.expected_entry) check.trouble = "no entry of its trail has the hash " + expected;
  }
  if (check.trouble.empty()) check.trouble = unlike_rows(database, entries);
  return check;
}

}  // namespace boarddiff::cli
