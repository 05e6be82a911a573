// SPDX-License-Identifier: Apache-2.0
#include "compare/reference_file.h"

#include "compare/database.h"
#include "compare/plane_map_numbers.h"
#include "compare/reference_schema.h"
#include "imaging/base/error.h"
#include "imaging/base/input_file.h"
#include "imaging/base/printable_text.h"
#include "imaging/digest.h"
#include "imaging/feature_bytes.h"
#include "imaging/load.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

namespace boarddiff::compare {

namespace {

using imaging::Error;
using imaging::ErrorCode;
using imaging::Modality;

constexpr std::size_t kHeader = 100;               // bytes of a database's header
constexpr std::uint64_t kMostBytes = 1ULL << 30U;  // a database in memory can be no larger

std::string digest_of(const std::string& bytes) { return imaging::sha256_hex(std::as_bytes(std::span(bytes))); }

std::string short_text(const Statement& row, int column, const std::string& shown_name) {
  std::string text = row.bytes(column);
  if (text.size() > kMostEnrolledText) {
    damaged_reference(shown_name, "a text in it is too long");
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
    damaged_reference(shown_name, "the scale of " + board.file + " is none");
  }
}

void read_head(Database& database, ReferenceFile& file) {
  Statement row(database, "SELECT name, note, modality FROM reference");
  if (!row.step()) {
    damaged_reference(database.shown_name(), "it does not say what it is of");
  }
  file.name = short_text(row, 0, database.shown_name());
  file.note = short_text(row, 1, database.shown_name());
  const std::string modality = row.bytes(2);
  if (modality != name_of(Modality::photo) && modality != name_of(Modality::xray)) {
    damaged_reference(database.shown_name(), "its pictures are neither photographs nor X-rays");
  }
  file.modality = modality == name_of(Modality::photo) ? Modality::photo : Modality::xray;
  if (row.step()) {
    damaged_reference(database.shown_name(), "it says twice what it is of");
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
    damaged_reference(database.shown_name(),
                      "it does not say how board " + std::to_string(board) + " lies on the first");
  }
  return *map;
}

EnrolledBoard read_board(Database& database, const Statement& row, std::int64_t id) {
  const std::string& shown_name = database.shown_name();
  EnrolledBoard board{.file = short_text(row, 1, shown_name), .bytes = row.bytes(7), .sha256 = row.bytes(2)};
  if (row.integer(0) != id) {
    damaged_reference(shown_name, "its boards are not numbered 1, 2, 3, ...");
  }
  if (digest_of(board.bytes) != board.sha256) {
    damaged_reference(shown_name,
                      "the picture " + board.file + " is not the one that was enrolled (its SHA-256 differs)");
  }
  constexpr std::int64_t kMostSide = 1'000'000;
  const std::int64_t width = row.integer(3);
  const std::int64_t height = row.integer(4);
  if (width < 1 || height < 1 || width > kMostSide || height > kMostSide) {
    damaged_reference(shown_name, "the picture " + board.file + " has no size");
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
    damaged_reference(database.shown_name(), "it does not say how the picture " + board.file + " is read");
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
    damaged_reference(database.shown_name(),
                      "the features of " + board.file + " are not those that were enrolled (their SHA-256 differs)");
  }
  if (imaging::has_other_feature_version(content)) {
    return;
  }
  board.features = imaging::features_in_bytes(content);
  if (!board.features) {
    damaged_reference(database.shown_name(), "the features of " + board.file + " do not hold together");
  }
}

void read_regions(Database& database, ReferenceFile& file) {
  Statement rows(database, "SELECT purpose, file, sha256, content FROM regions ORDER BY purpose");
  while (rows.step()) {
    const std::string purpose = rows.bytes(0);
    if (purpose != kIgnored && purpose != kWatched) {
      damaged_reference(database.shown_name(), "it has regions for no purpose that is known");
    }
    EnrolledRegions regions{
        .file = short_text(rows, 1, database.shown_name()), .bytes = rows.bytes(3), .sha256 = rows.bytes(2)};
    if (digest_of(regions.bytes) != regions.sha256) {
      damaged_reference(database.shown_name(),
                        regions.file + " is not the one that was enrolled (its SHA-256 differs)");
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
    damaged_reference(database.shown_name(), "its design is of neither side");
  }
  design.side = *known;
  std::optional<std::vector<NamedPlace>> places = places_in(short_text(row, 3, database.shown_name()));
  if (!places) {
    damaged_reference(database.shown_name(), "the places of its design are none");
  }
  design.places = *std::move(places);
  if (digest_of(design.bytes) != design.sha256) {
    damaged_reference(database.shown_name(), design.file + " is not the one that was enrolled (its SHA-256 differs)");
  }
  if (row.step()) {
    damaged_reference(database.shown_name(), "it has more than one design");
  }
  file.design = std::move(design);
}

}  // namespace

bool is_reference_file(const std::filesystem::path& path) { return is_database(imaging::read_start(path, kHeader)); }

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
    damaged_reference(shown_name, "it has a design of X-rays");
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
    damaged_reference(shown_name, "it holds no board");
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
