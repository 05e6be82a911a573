// SPDX-License-Identifier: Apache-2.0
#include "cli/export/deciding_document.h"

#include "cli/case/brought_decisions.h"
#include "cli/review/review_document.h"
#include "imaging/base/printable_text.h"

#include <filesystem>
#include <string>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string identity_of_row(compare::Database& database, std::int64_t sample) {
  compare::Statement row(database, "SELECT identity FROM sample WHERE id = ?");
  row.bind(0, sample);
  return row.step() ? row.bytes(0) : std::string();
}

}  // namespace

Json deciding_document(compare::Database& database, const std::vector<CaseBoard>& boards) {
  const std::string name = std::filesystem::path(database.shown_name()).filename().string();
  Json inspections = Json::object();
  for (const CaseBoard& board : boards) {
    inspections[std::to_string(board.id)] = {{"inspection", identity_of_row(database, board.id)},
                                             {"sample_sha256", board.sha256},
                                             {"report_sha256", report_sha256_of(database, board.id)}};
  }
  Json places = Json::array();
  Json decided = changes_document(database, 0);
  for (Json& place : decided["places"]) {
    if (inspections.contains(std::to_string(place["sample"].get<std::int64_t>()))) places.push_back(std::move(place));
  }
  return {{"format", std::string(kDecisionsFormat)},
          {"case", {{"name", imaging::printable_text(name)}, {"begin", case_begin_of(database)}}},
          {"inspections", inspections},
          {"places", places}};
}

}  // namespace boarddiff::cli
