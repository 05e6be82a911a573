// SPDX-License-Identifier: Apache-2.0
#include "compare/database.h"
#include "compare/plane_map_numbers.h"
#include "compare/reference_file.h"
#include "compare/reference_schema.h"
#include "imaging/base/error.h"
#include "imaging/digest.h"
#include "imaging/feature_bytes.h"

#include <span>
#include <string_view>

namespace boarddiff::compare {

namespace {

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
        .bind(1, std::string_view(imaging::sha256_hex(std::as_bytes(std::span(content)))))
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

}  // namespace

std::string reference_file_bytes(const ReferenceFile& file, const std::string& shown_name) {
  imaging::require(!file.boards.empty() && file.boards.size() <= kMostEnrolledBoards,
                   "reference_file_bytes: at least one board, and no more than can be");
  Database database(shown_name);
  database.run("BEGIN");
  make_reference_tables(database);
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

}  // namespace boarddiff::compare
