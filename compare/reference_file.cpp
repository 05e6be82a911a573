// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_file.h"

#include "compare/database.h"
#include "compare/plane_map_numbers.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/printable_text.h"
#include "imaging/digest.h"
#include "imaging/feature_bytes.h"
#include "imaging/load.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;
using imaging::Modality;

constexpr std::int64_t kApplication = 0x62644b47;  // "bdKG"
constexpr std::int64_t kSchema = 6;
constexpr std::int64_t kFirstSchema = 1;
constexpr std::int64_t kSchemaWithRegions = 2;     // and all later ones
constexpr std::int64_t kSchemaWithFeatures = 3;    // likewise
constexpr std::int64_t kSchemaWithDesign = 4;      // likewise
constexpr std::int64_t kSchemaWithReading = 5;     // likewise
constexpr std::int64_t kSchemaWithVariations = 6;  // likewise
constexpr std::size_t kHeader = 100;               // bytes of a database's header
constexpr std::uint64_t kMostBytes = 1ULL << 30U;  // a database in memory can be no larger

// A file is only read if its tables are these to the letter: no views, no triggers, no columns that compute. In the
// order of their names.
struct Table {
  std::string_view name = {};
  std::int64_t since = kFirstSchema;  // files of older schemas do not have it
  std::string_view sql = {};
};
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

constexpr std::string_view kIgnored = "ignored";
constexpr std::string_view kWatched = "watched";

[[noreturn]] void damaged(const std::string& shown_name, const std::string& why) {
  throw Error(ErrorCode::damaged_file, shown_name + ": is damaged: " + why);
}

std::string digest_of(const std::string& bytes) { return imaging::sha256_hex(std::as_bytes(std::span(bytes))); }

void write_board(Database& database, std::int64_t id, const EnrolledBoard& board) {
  Statement(database, "INSERT INTO board VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(0, id)
      .bind(1, std::string_view(board.file))
      .bind(2, std::string_view(board.sha256))
      .bind(3, std::int64_t{board.size.width})
      .bind(4, std::int64_t{board.size.height})
      .bind(5, board.pixels_per_mm)
      .bind(6, std::string_view(board.pixels_per_mm_origin))
      .bind_bytes(7, board.bytes)
      .step();
  Statement(database, "INSERT INTO reading VALUES(?, ?, ?)")
      .bind(0, id)
      .bind(1, std::string_view(board.raw))
      .bind(2, std::int64_t{board.frame})
      .step();
  if (board.features) {
    const std::string content = imaging::feature_bytes(*board.features);
    Statement(database, "INSERT INTO features VALUES(?, ?, ?)")
        .bind(0, id)
        .bind(1, std::string_view(digest_of(content)))
        .bind_bytes(2, content)
        .step();
  }
  if (id == 1) {
    return;
  }
  std::int64_t number = 0;
  for (const double value : numbers_of(board.from_first)) {
    Statement(database, "INSERT INTO plane_map VALUES(?, ?, ?)").bind(0, id).bind(1, ++number).bind(2, value).step();
  }
}

void write_regions(Database& database, std::string_view purpose, const std::optional<EnrolledRegions>& regions) {
  if (!regions) {
    return;
  }
  Statement(database, "INSERT INTO regions VALUES(?, ?, ?, ?)")
      .bind(0, purpose)
      .bind(1, std::string_view(regions->file))
      .bind(2, std::string_view(regions->sha256))
      .bind_bytes(3, regions->bytes)
      .step();
}

void write_design(Database& database, const std::optional<EnrolledDesign>& design) {
  if (!design) {
    return;
  }
  Statement(database, "INSERT INTO design VALUES(?, ?, ?, ?, ?)")
      .bind(0, std::string_view(design->file))
      .bind(1, std::string_view(design->sha256))
      .bind(2, name_of(design->side))
      .bind(3, std::string_view(text_of(design->places)))
      .bind_bytes(4, design->bytes)
      .step();
}

void check_tables(Database& database, std::int64_t schema) {
  const std::string& name = database.shown_name();
  std::vector<Table> expected;
  std::copy_if(kTables.begin(), kTables.end(), std::back_inserter(expected),
               [&](const Table& table) { return table.since <= schema; });
  Statement tables(database, "SELECT name, sql FROM sqlite_schema ORDER BY name");
  std::size_t count = 0;
  while (tables.step()) {
    if (count == expected.size() || tables.bytes(0) != expected[count].name || tables.bytes(1) != expected[count].sql) {
      damaged(name, "its tables are not those of a reference file");
    }
    ++count;
  }
  if (count != expected.size()) {
    damaged(name, "a table is missing");
  }
}

// The schema of a file that has all its tables.
std::int64_t checked_schema(Database& database) {
  const std::string& name = database.shown_name();
  if (database.integer_of("PRAGMA application_id") != kApplication) {
    throw Error(ErrorCode::unsupported_format, name + ": is a database, but none that boarddiff enroll made");
  }
  const std::int64_t schema = database.integer_of("PRAGMA user_version");
  if (schema > kSchema) {
    throw Error(ErrorCode::unsupported_format, name + ": was made by a newer boarddiff, which can read it");
  }
  if (schema < kFirstSchema) {
    damaged(name, "it says nothing about its version");
  }
  check_tables(database, schema);
  Statement check(database, "PRAGMA quick_check(1)");
  if (!check.step() || check.bytes(0) != "ok") {
    damaged(name, "its content does not hold together");
  }
  return schema;
}

std::string short_text(const Statement& row, int column, const std::string& shown_name) {
  std::string text = row.bytes(column);
  if (text.size() > kMostEnrolledText) {
    damaged(shown_name, "a text in it is too long");
  }
  return imaging::printable_text(text, kMostEnrolledText);  // for terminals and pages
}

// Where the scale comes from, as find_board_scale says it; empty exactly where there is no scale.
void check_scale(const EnrolledBoard& board, const std::string& shown_name) {
  constexpr double kLeastScale = 0.1;
  constexpr double kMostScale = 10000;
  constexpr std::array<std::string_view, 4> kOrigins = {"given", "points", "charuco", "ruler"};
  const std::string& origin = board.pixels_per_mm_origin;
  const bool known = std::find(kOrigins.begin(), kOrigins.end(), origin) != kOrigins.end();
  const bool good = board.pixels_per_mm
                        ? *board.pixels_per_mm >= kLeastScale && *board.pixels_per_mm <= kMostScale && known
                        : origin.empty();
  if (!good) {
    damaged(shown_name, "the scale of " + board.file + " is none");
  }
}

void read_head(Database& database, ReferenceFile& file) {
  Statement row(database, "SELECT name, note, modality FROM reference");
  if (!row.step()) {
    damaged(database.shown_name(), "it does not say what it is of");
  }
  file.name = short_text(row, 0, database.shown_name());
  file.note = short_text(row, 1, database.shown_name());
  const std::string modality = row.bytes(2);
  if (modality != name_of(Modality::photo) && modality != name_of(Modality::xray)) {
    damaged(database.shown_name(), "its pictures are neither photographs nor X-rays");
  }
  file.modality = modality == name_of(Modality::photo) ? Modality::photo : Modality::xray;
  if (row.step()) {
    damaged(database.shown_name(), "it says twice what it is of");
  }
}

imaging::PlaneMap read_map(Database& database, std::int64_t board) {
  Statement rows(database, "SELECT value FROM plane_map WHERE board = ? ORDER BY number");
  rows.bind(0, board);
  std::vector<double> numbers;
  while (rows.step() && numbers.size() <= kPlaneMapNumbers) {
    numbers.push_back(rows.number(0).value_or(NAN));
  }
  const std::optional<imaging::PlaneMap> map = plane_map_of(numbers);
  if (!map) {
    damaged(database.shown_name(), "it does not say how board " + std::to_string(board) + " lies on the first");
  }
  return *map;
}

EnrolledBoard read_board(Database& database, const Statement& row, std::int64_t id) {
  const std::string& shown_name = database.shown_name();
  EnrolledBoard board{.file = short_text(row, 1, shown_name), .bytes = row.bytes(7), .sha256 = row.bytes(2)};
  if (row.integer(0) != id) {
    damaged(shown_name, "its boards are not numbered 1, 2, 3, ...");
  }
  if (digest_of(board.bytes) != board.sha256) {
    damaged(shown_name, "the picture " + board.file + " is not the one that was enrolled (its SHA-256 differs)");
  }
  constexpr std::int64_t kMostSide = 1'000'000;
  const std::int64_t width = row.integer(3);
  const std::int64_t height = row.integer(4);
  if (width < 1 || height < 1 || width > kMostSide || height > kMostSide) {
    damaged(shown_name, "the picture " + board.file + " has no size");
  }
  board.size = {static_cast<int>(width), static_cast<int>(height)};
  board.pixels_per_mm = row.number(5);
  board.pixels_per_mm_origin = short_text(row, 6, shown_name);
  check_scale(board, shown_name);
  if (id > 1) {
    board.from_first = read_map(database, id);
  }
  return board;
}

void read_reading(Database& database, std::int64_t id, EnrolledBoard& board) {
  Statement row(database, "SELECT raw, frame FROM reading WHERE board = ?");
  row.bind(0, id);
  const bool known = row.step();
  board.raw = known ? short_text(row, 0, database.shown_name()) : "";
  const std::int64_t frame = known ? row.integer(1) : -1;
  if (frame < 0 || frame > imaging::kMostFrames || !problems(imaging::LoadOptions{.raw = board.raw}).empty()) {
    damaged(database.shown_name(), "it does not say how the picture " + board.file + " is read");
  }
  board.frame = static_cast<int>(frame);
}

// Features are found anew where these are of another version of boarddiff.
void read_features(Database& database, std::int64_t id, EnrolledBoard& board) {
  Statement row(database, "SELECT sha256, content FROM features WHERE board = ?");
  row.bind(0, id);
  if (!row.step()) {
    return;
  }
  const std::string content = row.bytes(1);
  if (digest_of(content) != row.bytes(0)) {
    damaged(database.shown_name(),
            "the features of " + board.file + " are not those that were enrolled (their SHA-256 differs)");
  }
  if (imaging::has_other_feature_version(content)) {
    return;
  }
  board.features = imaging::features_in_bytes(content);
  if (!board.features) {
    damaged(database.shown_name(), "the features of " + board.file + " do not hold together");
  }
}

void read_regions(Database& database, ReferenceFile& file) {
  Statement rows(database, "SELECT purpose, file, sha256, content FROM regions ORDER BY purpose");
  while (rows.step()) {
    const std::string purpose = rows.bytes(0);
    if (purpose != kIgnored && purpose != kWatched) {
      damaged(database.shown_name(), "it has regions for no purpose that is known");
    }
    EnrolledRegions regions{
        .file = short_text(rows, 1, database.shown_name()), .bytes = rows.bytes(3), .sha256 = rows.bytes(2)};
    if (digest_of(regions.bytes) != regions.sha256) {
      damaged(database.shown_name(), regions.file + " is not the one that was enrolled (its SHA-256 differs)");
    }
    (purpose == kIgnored ? file.ignored : file.watched) = std::move(regions);
  }
}

void read_design(Database& database, ReferenceFile& file) {
  Statement row(database, "SELECT file, sha256, side, places, content FROM design");
  if (!row.step()) {
    return;
  }
  EnrolledDesign design{
      .file = short_text(row, 0, database.shown_name()), .bytes = row.bytes(4), .sha256 = row.bytes(1)};
  const std::string side = row.bytes(2);
  const auto known =
      std::find_if(kBoardSides.begin(), kBoardSides.end(), [&](BoardSide one) { return name_of(one) == side; });
  if (known == kBoardSides.end()) {
    damaged(database.shown_name(), "its design is of neither side");
  }
  design.side = *known;
  std::optional<std::vector<NamedPlace>> places = places_in(short_text(row, 3, database.shown_name()));
  if (!places) {
    damaged(database.shown_name(), "the places of its design are none");
  }
  design.places = *std::move(places);
  if (digest_of(design.bytes) != design.sha256) {
    damaged(database.shown_name(), design.file + " is not the one that was enrolled (its SHA-256 differs)");
  }
  if (row.step()) {
    damaged(database.shown_name(), "it has more than one design");
  }
  file.design = std::move(design);
}

}  // namespace

bool is_reference_file(const std::filesystem::path& path) { return is_database(imaging::read_start(path, kHeader)); }

std::string reference_file_bytes(const ReferenceFile& file, const std::string& shown_name) {
  imaging::require(!file.boards.empty() && file.boards.size() <= kMostEnrolledBoards,
                   "reference_file_bytes: at least one board, and no more than can be");
  Database database(shown_name);
  database.run("PRAGMA application_id = " + std::to_string(kApplication));
  database.run("PRAGMA user_version = " + std::to_string(kSchema));
  database.run("BEGIN");
  for (const Table& table : kTables) {
    database.run(std::string(table.sql));
  }
  Statement(database, "INSERT INTO reference VALUES(?, ?, ?)")
      .bind(0, std::string_view(file.name))
      .bind(1, std::string_view(file.note))
      .bind(2, name_of(file.modality))
      .step();
  std::int64_t id = 0;
  for (const EnrolledBoard& board : file.boards) {
    write_board(database, ++id, board);
  }
  write_regions(database, kIgnored, file.ignored);
  write_regions(database, kWatched, file.watched);
  write_design(database, file.design);
  write_variations(database, file.variations);
  database.run("COMMIT");
  return database.bytes();
}

ReferenceFile parse_reference_file(std::span<const std::byte> bytes, const std::string& shown_name) {
  if (!is_database(bytes)) {
    throw Error(ErrorCode::unsupported_format, shown_name + ": is no reference file");
  }
  Database database(bytes, shown_name);
  const std::int64_t schema = checked_schema(database);
  ReferenceFile file;
  read_head(database, file);
  if (schema >= kSchemaWithRegions) {
    read_regions(database, file);
  }
  if (schema >= kSchemaWithDesign) {
    read_design(database, file);
  }
  if (file.design && file.modality == Modality::xray) {
    damaged(shown_name, "it has a design of X-rays");
  }
  Statement rows(database,
                 "SELECT id, file, sha256, width, height, pixels_per_mm, pixels_per_mm_origin, picture FROM board "
                 "ORDER BY id");
  while (rows.step()) {
    if (file.boards.size() == kMostEnrolledBoards) {
      throw Error(ErrorCode::too_large,
                  shown_name + ": holds more than " + std::to_string(kMostEnrolledBoards) + " boards");
    }
    const auto id = static_cast<std::int64_t>(file.boards.size()) + 1;
    file.boards.push_back(read_board(database, rows, id));
    if (schema >= kSchemaWithReading) {
      read_reading(database, id, file.boards.back());
    }
    if (schema >= kSchemaWithFeatures) {
      read_features(database, id, file.boards.back());
    }
  }
  if (file.boards.empty()) {
    damaged(shown_name, "it holds no board");
  }
  if (schema >= kSchemaWithVariations) {
    file.variations = read_variations(database, file.boards.front().size, file.boards.front().sha256);
  }
  return file;
}

ReferenceFile read_reference_file(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes =
      imaging::read_file(path, kHeader, [&](std::span<const std::byte> start, std::uint64_t size) {
        if (!is_database(start)) {
          throw Error(ErrorCode::unsupported_format, path.string() + ": is no reference file");
        }
        if (size > kMostBytes) {
          throw Error(ErrorCode::too_large, path.string() + ": is larger than a reference file can be");
        }
      });
  return parse_reference_file(bytes, path.string());
}

}  // namespace boarddiff::compare
