// SPDX-License-Identifier: Apache-2.0
#include "cli/case/reported_rows.h"

#include "cli/case/sample_identity.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace boarddiff::cli {
namespace {

using compare::Database;
using compare::Statement;
using Json = nlohmann::json;

struct Row {
  std::int64_t id = 0;
  BatchSample sample = {};
  std::string identity = {};
  std::string sha256 = {};
  std::string reference = {};  // hashes
  std::string options = {};
  bool is_lot = false;  // without a known-good board
  bool compared_with_reference = true;
  std::string state = {};
  std::string outcome = {};
  std::string reason = {};
  std::int64_t findings = 0;
  std::int64_t candidates = 0;
  std::string report = {};
};

bool says_no_reference(const std::string& options) {
  const Json json = Json::parse(options, nullptr, false);
  return json.is_object() && json.contains("no-reference");
}

Row row_in(const Statement& rows) {
  Row row{.id = rows.integer(0),
          .sample = {.path = rows.bytes(1), .serial = rows.bytes(2), .side = rows.bytes(3), .stage = rows.bytes(4)},
          .identity = rows.bytes(5),
          .sha256 = rows.bytes(6),
          .reference = rows.bytes(7),
          .options = rows.bytes(8),
          .compared_with_reference = rows.is_null(10),
          .state = rows.bytes(11),
          .outcome = rows.bytes(12),
          .reason = rows.bytes(13),
          .findings = rows.integer(14),
          .candidates = rows.integer(15),
          .report = rows.bytes(16)};
  row.is_lot = row.compared_with_reference && says_no_reference(rows.bytes(9));
  return row;
}

// As one of the ways in which a sample is planned.
bool is_as_planned(const Row& row) {
  for (const std::string& more : {std::string(), row.sample.path.string(), std::string("stage before")}) {
    if (row.identity == identity_of(row.sample, row.sha256, row.reference, row.options, more)) return true;
  }
  return false;
}

// Texts in reports are UTF-8 whatever they were, and null where there are none.
bool is_text(const Json& json, const std::string& text) {
  if (text.empty()) return json.is_null() || json == "";
  constexpr auto kReplace = Json::error_handler_t::replace;
  return json.is_string() && json.dump(-1, ' ', false, kReplace) == Json(text).dump(-1, ' ', false, kReplace);
}

// Reports have fewer digits than rows.
bool is_number(const Json& json, double number, double unit) {
  constexpr double kSlack = 1e-9;
  return json.is_number() ? std::abs(json.get<double>() - number) <= unit / 2 + kSlack : !std::isfinite(number);
}

bool is_box(const Json& json, const Statement& row, int column) {
  constexpr double kPixel = 0.01;
  constexpr std::size_t kNumbers = 4;
  if (!json.is_array() || json.size() != kNumbers) {
    return false;
  }
  for (std::size_t i = 0; i < kNumbers; ++i) {
    if (!is_number(json[i], row.number(column + static_cast<int>(i)).value_or(NAN), kPixel)) return false;
  }
  return true;
}

bool is_finding(const Json& json, const Statement& row) {
  constexpr double kScore = 0.0001;
  return json.is_object() && is_text(json.value("kind", Json()), row.bytes(1)) &&
         is_number(json.value("score", Json()), row.number(2).value_or(NAN), kScore) &&
         is_text(json.value("near", Json()), row.bytes(4)) && is_text(json.value("watch", Json()), row.bytes(5)) &&
         is_text(json.value("reason", Json()), row.bytes(6)) && is_box(json.value("sample_box", Json()), row, 7) &&
         is_box(json.value("reference_box", Json()), row, 11);
}

const Json* finding_with(const Json& list, std::int64_t number) {
  for (const Json& one : list) {
    if (one.is_object() && one.value("id", Json()) == number) return &one;
  }
  return nullptr;
}

// Nothing: they are those of the report.
std::optional<std::string> unlike_findings(Database& database, const Row& row, const Json& findings,
                                           const Json& candidates) {
  Statement rows(database,
                 "SELECT number, kind, score, above_threshold, near, watch, reason, sample_x, sample_y, sample_width, "
                 "sample_height, reference_x, reference_y, reference_width, reference_height FROM finding WHERE sample "
                 "= ? ORDER BY number");
  rows.bind(0, row.id);
  std::size_t count = 0;
  while (rows.step()) {
    ++count;
    const std::int64_t number = rows.integer(0);
    const Json* finding = finding_with(findings, number);
    const Json* candidate = finding_with(candidates, number);
    const Json* reported = finding != nullptr ? finding : candidate;
    const bool on_its_side = row.is_lot || (rows.integer(3) != 0) == (finding != nullptr);
    if (reported == nullptr || !on_its_side || !is_finding(*reported, rows)) {
      return "finding " + std::to_string(number) + " is not what its report says";
    }
  }
  if (count != findings.size() + candidates.size()) {
    return "findings that its report has are gone";
  }
  return {};
}

std::optional<std::string> unlike_own_report(Database& database, const Row& row) {
  const Json report = Json::parse(row.report, nullptr, false);
  if (!report.is_object()) {
    return "its report is none";
  }
  const Json picture = report.value("sample", Json());
  if (picture.is_object() && !is_text(picture.value("sha256", Json()), row.sha256)) {
    return "its picture is not the one that its report is of";
  }
  const Json findings = report.value("findings", Json());
  const Json candidates = report.value("candidates", Json());
  if (!findings.is_array() || !candidates.is_array()) {
    return {};
  }
  // The board that stood for the lot has, instead of what it differs from itself, what most others differ from it.
  if (row.is_lot && row.sha256 == row.reference) {
    return {};
  }
  const bool counts = row.findings == static_cast<std::int64_t>(findings.size()) &&
                      row.candidates == static_cast<std::int64_t>(candidates.size());
  if (!row.is_lot && (!counts || !is_text(report.value("outcome", Json()), row.outcome))) {
    return "its outcome is not what its report says";
  }
  if (!is_text(report.value("reason", Json()), row.reason)) {
    return "its reason is not what its report says";
  }
  return unlike_findings(database, row, findings, candidates);
}

}  // namespace

std::optional<std::string> unlike_report(Database& database) {
  Statement rows(database,
                 "SELECT sample.id, sample.path, serial, side, stage, identity, sample.sha256, reference.sha256, "
                 "options.sha256, options.content, earlier, state, ifnull(outcome, ''), reason, ifnull(findings, 0), "
                 "ifnull(candidates, 0), ifnull(report.content, '') FROM sample JOIN reference ON reference.id = "
                 "sample.reference JOIN options ON options.id = sample.options LEFT JOIN report ON report.sample = "
                 "sample.id ORDER BY sample.id");
  while (rows.step()) {
    const Row row = row_in(rows);
    std::optional<std::string> why;
    if (!is_as_planned(row)) {
      why = "it is not what it was planned as: picture, reference, options, serial, side or stage";
    } else if (row.state == "inspected") {
      why = unlike_own_report(database, row);
    }
    if (why) return "sample " + std::to_string(row.id) + ": " + *why;
  }
  return {};
}

}  // namespace boarddiff::cli
