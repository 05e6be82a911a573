// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reference_files.h"

#include "imaging/digest.h"
#include "tests/support/image_bytes.h"
#include "tests/support/small_features.h"
#include "tests/support/temporary_folder.h"

#include <sqlite3.h>

#include <stdexcept>

namespace boarddiff::test {

namespace {

compare::EnrolledBoard board_of(const std::string& file, const cv::Size& size) {
  compare::EnrolledBoard board{.file = file, .bytes = encoded(test_picture(size, CV_8UC3), ".png"), .size = size};
  board.sha256 = imaging::sha256_hex(as_bytes(board.bytes));
  return board;
}

}  // namespace

compare::ReferenceFile small_reference_file() {
  compare::ReferenceFile file{.name = "X200, revision C", .note = "from the maker"};
  file.boards = {board_of("golden.png", {120, 90}), board_of("second.png", {121, 91})};
  file.boards[0].pixels_per_mm = 12.5;
  file.boards[0].pixels_per_mm_origin = "given";
  file.boards[0].features = small_features();
  imaging::PlaneMap& map = file.boards[1].from_first;
  map.sample_from_reference << 1, 1e-17, 3, 0.1, 1, -2, 1.0 / 3, 0, 1;
  map.residual.shift_px(1, 7) = 0.1;
  const std::string square = R"({"type":"Polygon","coordinates":[[[9,9],[30,9],[30,20]]]})";
  file.ignored = {.file = "label.geojson", .bytes = square, .sha256 = imaging::sha256_hex(as_bytes(square))};
  const std::string table = "Designator,Mid X,Mid Y,Rotation,Layer\nU7,1mm,2mm,0,T\n";
  file.design = {.file = "x200.csv",
                 .bytes = table,
                 .sha256 = imaging::sha256_hex(as_bytes(table)),
                 .side = compare::BoardSide::bottom,
                 .places = {{"U7", {10.5, 20}}, {"a:b", {-3, 4}}}};
  const std::string look = encoded(test_picture({12, 10}, CV_8UC3), ".png");
  const compare::EnrolledVariation variation{.number = 1,
                                             .core = {22.5, 31.5, 8, 6},
                                             .place = {20, 30, 12, 10},
                                             .bytes = look,
                                             .sha256 = imaging::sha256_hex(as_bytes(look)),
                                             .reference_sha256 = file.boards[0].sha256,
                                             .sample_sha256 = "5a",
                                             .who = "R. Eviewer",
                                             .why = "approved alternate",
                                             .when = "2026-12-01T10:00:00Z"};
  file.variations = {variation, variation};
  file.variations[1].number = 2;
  file.variations[1].withdrawn_by = "S. Upervisor";
  file.variations[1].withdrawn_at = "2026-12-02T10:00:00Z";
  return file;
}

std::string altered_database(const std::string& bytes, const std::string& sql) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "altered";
  write_text(path, bytes);
  sqlite3* database = nullptr;
  const int opened = sqlite3_open(path.c_str(), &database);
  const int done = opened == SQLITE_OK ? sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) : opened;
  const std::string message = sqlite3_errmsg(database);
  sqlite3_close(database);
  if (done != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + message);
  }
  return read_text(path);
}

}  // namespace boarddiff::test
