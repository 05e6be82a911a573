// SPDX-License-Identifier: Apache-2.0
#include "cli/case/case_boards.h"

#include "compare/plane_map_numbers.h"
#include "imaging/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;

constexpr const char* kBoards =
    "SELECT one.id, one.path, one.file, one.sha256, reference.path, reference.file, reference.sha256, one.serial, "
    "one.lot, one.side, one.stage, one.operator, one.station, one.taken, one.state, ifnull(one.outcome, ''), "
    "one.reason, ifnull(one.score, 0), ifnull(one.findings, 0), ifnull(one.candidates, 0), ifnull(one.inspected_at, "
    "''), ifnull(before.stage, ''), one.earlier IS NOT NULL FROM sample AS one JOIN reference ON reference.id = "
    "one.reference LEFT JOIN sample AS before ON before.id = one.earlier WHERE one.state <> 'repeated'";

CaseBoard board_in(const Statement& row) {
  return {.id = row.integer(0),
          .path = row.bytes(1),
          .file = row.bytes(2),
          .sha256 = row.bytes(3),
          .reference_path = row.bytes(4),
          .reference_file = row.bytes(5),
          .reference_sha256 = row.bytes(6),
          .serial = row.bytes(7),
          .lot = row.bytes(8),
          .side = row.bytes(9),
          .stage = row.bytes(10),
          .performer = row.bytes(11),
          .station = row.bytes(12),
          .taken = row.bytes(13),
          .state = row.bytes(14),
          .outcome = row.bytes(15),
          .reason = row.bytes(16),
          .score = row.number(17).value_or(0),
          .findings = row.integer(18),
          .candidates = row.integer(19),
          .inspected_at = row.bytes(20),
          .earlier_stage = row.bytes(21),
          .is_against_earlier = row.integer(22) != 0};
}

int alarm_of(const CaseBoard& board) {
  if (board.findings > 0) return 3;
  if (board.outcome == "not_comparable" || board.state == "unreadable" || board.state == "failed") return 2;
  return board.state == "inspected" ? 1 : 0;
}

std::string bytes_of(Database& database, const std::string& sql, std::int64_t sample) {
  Statement row(database, sql);
  row.bind(0, sample);
  return row.step() ? row.bytes(0) : std::string();
}

}  // namespace

imaging::Box box_in(const Statement& row, int column) {
  const auto number = [&](int i) { return row.number(column + i).value_or(0); };
  return {.x = number(0), .y = number(1), .width = number(2), .height = number(3)};
}

std::vector<CaseBoard> boards_as_listed(Database& database) {
  std::vector<CaseBoard> boards;
  Statement rows(database, std::string(kBoards) + " ORDER BY one.place, one.id");
  while (rows.step()) boards.push_back(board_in(rows));
  return boards;
}

std::vector<CaseBoard> by_concern(std::vector<CaseBoard> boards) {
  using Concern = std::pair<int, double>;
  const auto concern_of = [](const CaseBoard& board) { return Concern{alarm_of(board), board.score}; };
  std::map<std::string, std::pair<Concern, std::size_t>> of_serial;  // and where its first row stands
  for (std::size_t i = 0; i < boards.size(); ++i) {
    if (boards[i].serial.empty()) continue;
    auto& [concern, first] = of_serial.try_emplace(boards[i].serial, concern_of(boards[i]), i).first->second;
    concern = std::max(concern, concern_of(boards[i]));
  }
  using Place = std::tuple<Concern, std::size_t, Concern, std::size_t>;
  std::vector<std::pair<Place, std::size_t>> order;
  const auto negated = [](const Concern& some) { return Concern{-some.first, -some.second}; };
  for (std::size_t i = 0; i < boards.size(); ++i) {
    const Concern own = concern_of(boards[i]);
    const auto group = boards[i].serial.empty() ? std::pair(own, i) : of_serial.at(boards[i].serial);
    order.push_back({{negated(group.first), group.second, negated(own), i}, i});
  }
  std::sort(order.begin(), order.end());
  std::vector<CaseBoard> sorted;
  sorted.reserve(boards.size());
  for (const auto& [place, index] : order) sorted.push_back(std::move(boards[index]));
  return sorted;
}

std::vector<CaseBoard> boards_by_concern(Database& database) { return by_concern(boards_as_listed(database)); }

std::optional<CaseBoard> board_with(Database& database, std::int64_t id) {
  Statement row(database, std::string(kBoards) + " AND one.id = ?");
  row.bind(0, id);
  if (!row.step()) {
    return {};
  }
  return board_in(row);
}

std::vector<CaseFinding> findings_of(Database& database, std::int64_t sample) {
  Statement rows(database,
                 "SELECT number, kind, score, above_threshold, advisory, sample_x, sample_y, sample_width, "
                 "sample_height, reference_x, reference_y, reference_width, reference_height, near, watch, reason, "
                 "sample_crop IS NOT NULL FROM finding WHERE sample = ? ORDER BY number");
  rows.bind(0, sample);
  std::vector<CaseFinding> findings;
  while (rows.step()) {
    findings.push_back({.number = static_cast<int>(rows.integer(0)),
                        .kind = rows.bytes(1),
                        .score = rows.number(2).value_or(0),
                        .above_threshold = rows.integer(3) != 0,
                        .advisory = rows.integer(4),
                        .sample_box = box_in(rows, 5),
                        .reference_box = box_in(rows, 9),
                        .near = rows.bytes(13),
                        .watch = rows.bytes(14),
                        .reason = rows.bytes(15),
                        .has_crops = rows.integer(16) != 0});
  }
  return findings;
}

std::string crop_of(Database& database, std::int64_t sample, int number, CasePicture which) {
  const std::string column = which == CasePicture::sample ? "sample_crop" : "reference_crop";
  Statement row(database, "SELECT " + column + " FROM finding WHERE sample = ? AND number = ?");
  row.bind(0, sample).bind(1, std::int64_t{number});
  return row.step() ? row.bytes(0) : std::string();
}

std::string thumbnail_of(Database& database, std::int64_t sample, CasePicture which) {
  return bytes_of(database,
                  which == CasePicture::sample
                      ? "SELECT thumbnail FROM report WHERE sample = ?"
                      : "SELECT thumbnail FROM reference WHERE id = (SELECT reference FROM sample WHERE id = ?)",
                  sample);
}

std::string report_of(Database& database, std::int64_t sample) {
  return bytes_of(database, "SELECT content FROM report WHERE sample = ?", sample);
}

std::string reference_picture_of(Database& database, std::int64_t sample) {
  Statement row(database,
                "SELECT json_extract(content, '$.reference.sha256') FROM report WHERE sample = ? AND "
                "json_valid(content)");
  row.bind(0, sample);
  return row.step() ? row.bytes(0) : std::string();
}

void check_is_same_reference(const std::string& path, const std::string& recorded, const std::string& found) {
  if (found != recorded) {
    throw imaging::Error(imaging::ErrorCode::unreadable_file,
                         path + ": holds another board than the one of the inspection. Run boarddiff batch again.");
  }
}

std::string options_of(Database& database, std::int64_t sample) {
  return bytes_of(database, "SELECT content FROM options WHERE id = (SELECT options FROM sample WHERE id = ?)", sample);
}

std::optional<imaging::PlaneMap> alignment_of(Database& database, std::int64_t sample) {
  if (database.integer_of("SELECT count(*) FROM sqlite_schema WHERE name = 'alignment'") == 0) {
    return {};
  }
  const std::string text = bytes_of(database, "SELECT numbers FROM alignment WHERE sample = ?", sample);
  const nlohmann::json numbers = nlohmann::json::parse(text, nullptr, false);
  const bool is_row = numbers.is_array() && std::all_of(numbers.begin(), numbers.end(),
                                                        [](const nlohmann::json& one) { return one.is_number(); });
  return is_row ? compare::plane_map_of(numbers.get<std::vector<double>>()) : std::nullopt;
}

}  // namespace boarddiff::cli
