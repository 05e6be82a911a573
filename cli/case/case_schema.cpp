// SPDX-License-Identifier: Apache-2.0
#include "cli/case/case_schema.h"

#include "cli/case/file_system.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/output_file.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::DatabaseAccess;
using compare::Statement;
using imaging::Error;
using imaging::ErrorCode;

constexpr std::int64_t kApplication = 0x62644361;  // "bdCa"
constexpr std::int64_t kSchema = 3;

// What the file holds, in the order in which it is made. A later schema adds statements and never changes these.
struct Part {
  std::string_view name = {};
  std::int64_t since = 1;
  std::string_view sql = {};
};
constexpr std::array kParts = {
    Part{"reference", 1,
         "CREATE TABLE reference(id INTEGER PRIMARY KEY, path TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL "
         "UNIQUE, thumbnail BLOB)"},
    Part{"options", 1,
         "CREATE TABLE options(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, content TEXT NOT NULL)"},
    Part{
        "sample", 1,
        "CREATE TABLE sample(id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, place INTEGER NOT NULL, path TEXT "
        "NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, reference INTEGER NOT NULL REFERENCES reference(id), "
        "options INTEGER NOT NULL REFERENCES options(id), earlier INTEGER REFERENCES sample(id), serial TEXT NOT NULL, "
        "lot TEXT NOT NULL, side TEXT NOT NULL, stage TEXT NOT NULL, operator TEXT NOT NULL, station TEXT NOT NULL, "
        "taken TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('waiting', 'inspected', 'repeated', 'unreadable', "
        "'failed')), claim TEXT, same_as INTEGER REFERENCES sample(id), outcome TEXT, reason TEXT NOT NULL, score "
        "REAL, "
        "findings INTEGER, candidates INTEGER, inspected_at TEXT, seconds REAL)"},
    Part{"sample_by_state", 1, "CREATE INDEX sample_by_state ON sample(state, id)"},
    Part{"sample_by_serial", 1, "CREATE INDEX sample_by_serial ON sample(serial, side)"},
    Part{"sample_by_picture", 1, "CREATE INDEX sample_by_picture ON sample(sha256)"},
    Part{"registration", 1,
         "CREATE TABLE registration(sample INTEGER PRIMARY KEY REFERENCES sample(id), status TEXT NOT NULL, inliers "
         "INTEGER NOT NULL, median_px REAL NOT NULL, p95_px REAL NOT NULL, rotation_deg REAL NOT NULL, scale REAL NOT "
         "NULL, tilt_deg REAL NOT NULL, mirrored INTEGER NOT NULL)"},
    Part{
        "report", 1,
        "CREATE TABLE report(sample INTEGER PRIMARY KEY REFERENCES sample(id), content TEXT NOT NULL, thumbnail BLOB)"},
    Part{
        "finding", 1,
        "CREATE TABLE finding(sample INTEGER NOT NULL REFERENCES sample(id), number INTEGER NOT NULL, kind TEXT NOT "
        "NULL, score REAL NOT NULL, above_threshold INTEGER NOT NULL, advisory INTEGER NOT NULL, sample_x REAL NOT "
        "NULL, sample_y REAL NOT NULL, sample_width REAL NOT NULL, sample_height REAL NOT NULL, reference_x REAL NOT "
        "NULL, reference_y REAL NOT NULL, reference_width REAL NOT NULL, reference_height REAL NOT NULL, near TEXT NOT "
        "NULL, watch TEXT NOT NULL, reason TEXT NOT NULL, look BLOB, reference_crop BLOB, sample_crop BLOB, PRIMARY "
        "KEY(sample, number))"},
    Part{"decision", 1,
         "CREATE TABLE decision(id INTEGER PRIMARY KEY, sample INTEGER NOT NULL REFERENCES sample(id), number INTEGER, "
         "verdict TEXT NOT NULL, reason TEXT NOT NULL, comment TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT "
         "NOT NULL)"},
    Part{"trail", 1,
         "CREATE TABLE trail(id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, station TEXT NOT NULL, "
         "action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT "
         "NULL)"},
    Part{
        "trail_is_not_changed", 1,
        "CREATE TRIGGER trail_is_not_changed BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is only added "
        "to'); END"},
    Part{"trail_is_not_shortened", 1,
         "CREATE TRIGGER trail_is_not_shortened BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is only "
         "added to'); END"},
    Part{"alignment", 2,
         "CREATE TABLE alignment(sample INTEGER PRIMARY KEY REFERENCES sample(id), numbers TEXT NOT NULL)"},
    Part{"decision_by_sample", 2, "CREATE INDEX decision_by_sample ON decision(sample, number)"},
    Part{"seen_file", 3,
         "CREATE TABLE seen_file(path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, modified_ns "
         "INTEGER NOT NULL, changed_ns INTEGER NOT NULL, inode INTEGER NOT NULL) WITHOUT ROWID"},
    Part{
        "virtual_part", 3,
        "CREATE TABLE virtual_part(sample INTEGER NOT NULL REFERENCES sample(id), number INTEGER NOT NULL, length REAL "
        "NOT NULL, width REAL NOT NULL, unit TEXT NOT NULL, look TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT "
        "NULL, sample_x REAL NOT NULL, sample_y REAL NOT NULL, sample_width REAL NOT NULL, sample_height REAL NOT "
        "NULL, reference_x REAL NOT NULL, reference_y REAL NOT NULL, reference_width REAL NOT NULL, reference_height "
        "REAL NOT NULL, near TEXT NOT NULL, watch TEXT NOT NULL, reason TEXT NOT NULL, painting TEXT NOT NULL, "
        "PRIMARY KEY(sample, number))"},
    Part{
        "vigilance", 3,
        "CREATE TABLE vigilance(id INTEGER PRIMARY KEY, sample INTEGER NOT NULL REFERENCES sample(id), part INTEGER "
        "NOT "
        "NULL, length REAL NOT NULL, width REAL NOT NULL, unit TEXT NOT NULL, look TEXT NOT NULL, score REAL NOT NULL, "
        "verdict TEXT NOT NULL CHECK(verdict IN ('unexpected', 'unsure', 'dismissed')), reason TEXT NOT NULL, comment "
        "TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, UNIQUE(sample, part, reviewer))"},
    Part{"vigilance_is_not_changed", 3,
         "CREATE TRIGGER vigilance_is_not_changed BEFORE UPDATE ON vigilance BEGIN SELECT RAISE(ABORT, 'what was "
         "answered about virtual parts is only added to'); END"},
    Part{"vigilance_is_not_shortened", 3,
         "CREATE TRIGGER vigilance_is_not_shortened BEFORE DELETE ON vigilance BEGIN SELECT RAISE(ABORT, 'what was "
         "answered about virtual parts is only added to'); END"},
};

void add_parts(Database& database, std::int64_t has) {
  for (const Part& part : kParts) {
    if (part.since > has) database.run(std::string(part.sql));
  }
  database.run("PRAGMA user_version = " + std::to_string(kSchema));
}

void check_parts(Database& database, std::int64_t schema) {
  std::size_t expected = 0;
  for (const Part& part : kParts) {
    if (part.since > schema) continue;
    ++expected;
    Statement statement(database, "SELECT sql FROM sqlite_schema WHERE name = ?");
    statement.bind(0, part.name);
    if (!statement.step() || statement.bytes(0) != part.sql) {
      throw Error(ErrorCode::damaged_file, database.shown_name() + ": is damaged: " + std::string(part.name) +
                                               " is not what it is in a case file");
    }
  }
  const std::int64_t found = database.integer_of("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'");
  if (found != static_cast<std::int64_t>(expected)) {
    throw Error(ErrorCode::damaged_file, database.shown_name() + ": is damaged: it holds more than a case file does");
  }
}

// A copy of the file as it is, beside it.
std::string back_up(Database& database, const std::filesystem::path& path, std::int64_t schema) {
  const std::filesystem::path copy = path.string() + ".schema-" + std::to_string(schema) + ".backup";
  imaging::write_file(copy, database.bytes(), imaging::Replace::refuse);
  return "The case file was of an older boarddiff; it was brought up to date, and " + copy.string() +
         " is what it was before.";
}

std::string choose_journal(Database& database, const std::filesystem::path& path) {
  if (is_on_network(path)) {
    database.run("PRAGMA journal_mode = DELETE");
    return "The case file lies on another machine: it is written more slowly there, and should be written from one "
           "machine alone.";
  }
  database.run("PRAGMA journal_mode = WAL");
  return {};
}

}  // namespace

std::vector<std::string> prepare_case(Database& database, const std::filesystem::path& path, DatabaseAccess access) {
  std::vector<std::string> notes;
  database.run("PRAGMA foreign_keys = ON");
  const bool writes = compare::may_write(access);
  if (writes) {
    if (std::string note = choose_journal(database, path); !note.empty()) notes.push_back(std::move(note));
    database.run("PRAGMA synchronous = FULL");
  }
  const bool is_empty = database.integer_of("SELECT count(*) FROM sqlite_schema") == 0;
  if (is_empty && access == DatabaseAccess::create) {
    compare::Transaction transaction(database);
    // Another program may have been faster.
    if (database.integer_of("SELECT count(*) FROM sqlite_schema") == 0) {
      database.run("PRAGMA application_id = " + std::to_string(kApplication));
      add_parts(database, 0);
    }
    transaction.commit();
  }
  if (database.integer_of("PRAGMA application_id") != kApplication) {
    throw Error(ErrorCode::unsupported_format, database.shown_name() + ": is no case file");
  }
  const std::int64_t schema = database.integer_of("PRAGMA user_version");
  if (schema > kSchema) {
    throw Error(ErrorCode::unsupported_format,
                database.shown_name() + ": was made by a newer boarddiff, which can read it");
  }
  check_parts(database, schema);
  if (schema < kSchema && writes) {
    notes.push_back(back_up(database, path, schema));
    compare::Transaction transaction(database);
    add_parts(database, schema);
    transaction.commit();
  }
  return notes;
}

void leave_case(Database& database) {
  try {
    database.run("PRAGMA busy_timeout = 0");
    database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    database.run("PRAGMA journal_mode = DELETE");
  } catch (const Error&) {
    // Other programs have it open: the last of them leaves it so.
  }
}

}  // namespace boarddiff::cli
