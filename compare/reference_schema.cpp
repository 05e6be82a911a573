// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_schema.h"

#include "compare/enrolled_variation.h"
#include "imaging/base/error.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;

constexpr std::int64_t kApplication = 0x62644b47;  // "bdKG"
constexpr std::int64_t kFirstSchema = 1;

struct Table {
  std::string_view name = {};
  std::int64_t since = kFirstSchema;  // files of older schemas do not have it
  std::string_view sql = {};
};
// In the order of their names.
constexpr std::array kTables = {
    Table{"board", kFirstSchema,
          "CREATE TABLE board(id INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, width INTEGER NOT "
          "NULL, height INTEGER NOT NULL, pixels_per_mm REAL, pixels_per_mm_origin TEXT NOT NULL, picture BLOB NOT "
          "NULL)"},
    Table{"design", kSchemaWithDesign,
          "CREATE TABLE design(file TEXT NOT NULL, sha256 TEXT NOT NULL, side TEXT NOT NULL, places TEXT NOT NULL, "
          "content "
          "BLOB NOT NULL)"},
    Table{"features", kSchemaWithFeatures,
          "CREATE TABLE features(board INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL)"},
    Table{"plane_map", kFirstSchema,
          "CREATE TABLE plane_map(board INTEGER NOT NULL, number INTEGER NOT NULL, value REAL NOT NULL, PRIMARY "
          "KEY(board, number)) WITHOUT ROWID"},
    Table{"reading", kSchemaWithReading,
          "CREATE TABLE reading(board INTEGER PRIMARY KEY, raw TEXT NOT NULL, frame INTEGER NOT NULL)"},
    Table{"reference", kFirstSchema,
          "CREATE TABLE reference(name TEXT NOT NULL, note TEXT NOT NULL, modality TEXT NOT NULL)"},
    Table{"regions", kSchemaWithRegions,
          "CREATE TABLE regions(purpose TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT "
          "NULL) WITHOUT ROWID"},
    Table{"variation", kSchemaWithVariations, kVariationTable},
};

void check_tables(Database& database, std::int64_t schema) {
  const std::string& name = database.shown_name();
  std::vector<Table> expected;
  std::copy_if(kTables.begin(), kTables.end(), std::back_inserter(expected),
               [&](const Table& table) { return table.since <= schema; });
  Statement tables(database, "SELECT name, sql FROM sqlite_schema ORDER BY name");
  std::size_t count = 0;
  while (tables.step()) {
    if (count == expected.size() || tables.bytes(0) != expected[count].name || tables.bytes(1) != expected[count].sql) {
      damaged_reference(name, "its tables are not those of a reference file");
    }
    ++count;
  }
  if (count != expected.size()) {
    damaged_reference(name, "a table is missing");
  }
}

}  // namespace

void damaged_reference(const std::string& shown_name, const std::string& why) {
  throw Error(ErrorCode::damaged_file, shown_name + ": is damaged: " + why);
}

void make_reference_tables(Database& database) {
  database.run("PRAGMA application_id = " + std::to_string(kApplication));
  database.run("PRAGMA user_version = " + std::to_string(kReferenceSchema));
  for (const Table& table : kTables) {
    database.run(std::string(table.sql));
  }
}

std::int64_t checked_schema(Database& database) {
  const std::string& name = database.shown_name();
  if (database.integer_of("PRAGMA application_id") != kApplication) {
    throw Error(ErrorCode::unsupported_format, name + ": is a database, but none that boarddiff enroll made");
  }
  const std::int64_t schema = database.integer_of("PRAGMA user_version");
  if (schema > kReferenceSchema) {
    throw Error(ErrorCode::unsupported_format, name + ": was made by a newer boarddiff, which can read it");
  }
  if (schema < kFirstSchema) {
    damaged_reference(name, "it says nothing about its version");
  }
  check_tables(database, schema);
  Statement check(database, "PRAGMA quick_check(1)");
  if (!check.step() || check.bytes(0) != "ok") {
    damaged_reference(name, "its content does not hold together");
  }
  return schema;
}

}  // namespace boarddiff::compare
