// SPDX-License-Identifier: Apache-2.0
#include "cli/review/review_document.h"

#include "compare/json_numbers.h"
#include "imaging/base/printable_text.h"

#include <set>

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostText = 10'000;  // case files come from elsewhere

std::string shown(const std::string& text) { return imaging::printable_text(text, kMostText); }

Json decision_document(const Decision& one) {
  return {{"id", one.id},
          {"reviewer", shown(one.reviewer)},
          {"verdict", shown(one.verdict)},
          {"reason", shown(one.reason)},
          {"comment", shown(one.comment)},
          {"at", shown(one.at)}};
}

// What holds for one place; undecided where nobody said anything.
Json standing_at(const std::map<DecisionPlace, Standing>& all, const DecisionPlace& place) {
  const auto found = all.find(place);
  return standing_document(found == all.end() ? Standing() : found->second);
}

std::int64_t last_id(const std::vector<Decision>& decisions) { return decisions.empty() ? 0 : decisions.back().id; }

// What is above the threshold: what the queue counts.
std::set<DecisionPlace> places_to_decide(compare::Database& database) {
  std::set<DecisionPlace> places;
  compare::Statement rows(database, "SELECT sample, number FROM finding WHERE above_threshold = 1");
  while (rows.step()) places.insert({rows.integer(0), static_cast<int>(rows.integer(1))});
  return places;
}

Json names_document(const CaseBoard& board) {
  return {{"id", board.id},
          {"name", shown(board.name())},
          {"file", shown(board.file)},
          {"reference", shown(board.reference_file)},
          {"serial", shown(board.serial)},
          {"lot", shown(board.lot)},
          {"side", shown(board.side)},
          {"stage", shown(board.stage)},
          {"against_stage", board.is_against_earlier ? Json(shown(board.earlier_stage)) : Json()},
          {"state", shown(board.state)},
          {"outcome", shown(board.outcome)},
          {"reason", shown(board.reason)},
          {"score", compare::rounded(board.score, compare::kShareDigits)},
          {"findings", board.findings},
          {"candidates", board.candidates}};
}

Json finding_document(const CaseFinding& finding, int number, const Json& standing) {
  return {{"number", number},
          {"kind", shown(finding.kind)},
          {"score", compare::rounded(finding.score, compare::kShareDigits)},
          {"above", finding.above_threshold},
          {"advisory", finding.advisory != 0},
          {"reference_box", compare::box_document(finding.reference_box, compare::kPixelDigits)},
          {"sample_box", compare::box_document(finding.sample_box, compare::kPixelDigits)},
          {"near", shown(finding.near)},
          {"watch", shown(finding.watch)},
          {"reason", shown(finding.reason)},
          {"crops", finding.has_crops},
          {"standing", standing}};
}

// The number of a place as the page counts; null for a board as a whole.
Json number_document(const DecisionPlace& place, const SlippedParts& slipped) {
  return place.number ? Json(slipped.shown_number(place.sample, *place.number)) : Json();
}

// Where findings lie on the board, as reports have it.
Json millimetres_of(const SlippedPart& slipped) {
  const CaseVirtualPart& part = slipped.part;
  if (part.unit != "mm") {
    return nullptr;
  }
  const imaging::Box box = imaging::scaled(part.finding.reference_box, 1 / part.painted.place.px_per_mm);
  return compare::box_document(box, compare::kMillimetreDigits);
}

// All findings, candidates behind them, in the page's order and with its numbers.
Json findings_document(compare::Database& database, std::int64_t sample, const SlippedParts& slipped,
                       const std::map<DecisionPlace, Standing>& standing) {
  const SlippedPart* const one_more = slipped.listed_at(sample);
  Json list = Json::array();
  const auto add_slipped = [&] {
    list.push_back(finding_document(one_more->part.finding, one_more->number,
                                    standing_document({.comments = one_more->comments})));
  };
  bool is_added = one_more == nullptr;
  for (const CaseFinding& finding : findings_of(database, sample)) {
    const int number = slipped.shown_number(sample, finding.number);
    if (!is_added && number > one_more->number) {
      add_slipped();
      is_added = true;
    }
    list.push_back(
        finding_document(finding, number, standing_at(standing, {.sample = sample, .number = finding.number})));
  }
  if (!is_added) add_slipped();
  return list;
}

// Of a report what the page shows, with the numbers of the page.
Json shown_report(const Json& report, std::int64_t sample, const SlippedParts& slipped) {
  Json shown = Json::object();
  for (const char* field : {"registration", "reference", "coverage"}) {
    if (report.contains(field)) shown[field] = report[field];
  }
  std::map<int, Json> places;
  for (const char* field : {"findings", "candidates"}) {
    for (const Json& finding : report.value(field, Json::array())) {
      if (!finding.is_object() || !finding.value("id", Json()).is_number_integer()) continue;
      places[slipped.shown_number(sample, finding["id"].get<int>())] = finding.value("board_box_mm", Json());
    }
  }
  if (const SlippedPart* const one = slipped.listed_at(sample)) places[one->number] = millimetres_of(*one);
  shown["findings"] = Json::array();
  for (const auto& [number, box] : places) shown["findings"].push_back({{"id", number}, {"board_box_mm", box}});
  return shown;
}

}  // namespace

Json standing_document(const Standing& standing) {
  Json document = {
      {"state", std::string(name_of(standing.state()))}, {"verdicts", Json::array()}, {"comments", Json::array()}};
  for (const Decision& one : standing.verdicts) document["verdicts"].push_back(decision_document(one));
  for (const Decision& one : standing.comments) document["comments"].push_back(decision_document(one));
  return document;
}

Json queue_document(compare::Database& database, const std::vector<CaseBoard>& boards, const SlippedParts& slipped) {
  const std::vector<Decision> decisions = decisions_after(database);
  const std::set<DecisionPlace> wanted = places_to_decide(database);
  // Of each board the places that somebody decided about: with which state, and by whom.
  std::map<std::int64_t, Json> decided;
  for (const auto& [place, standing] : standing_of(decisions)) {
    if (standing.verdicts.empty() || (place.number && !wanted.contains(place))) continue;
    Json names = Json::array();
    for (const Decision& one : standing.verdicts) names.push_back(shown(one.reviewer));
    decided[place.sample].push_back({{"number", number_document(place, slipped)},
                                     {"state", std::string(name_of(standing.state()))},
                                     {"reviewers", names}});
  }
  Json list = Json::array();
  for (const CaseBoard& board : boards) {
    Json one = names_document(board);
    const auto found = decided.find(board.id);
    one["decided"] = found == decided.end() ? Json::array() : found->second;
    list.push_back(std::move(one));
  }
  return {{"boards", list}, {"last_decision", last_id(decisions)}};
}

Json board_document(compare::Database& database, const CaseBoard& board, const SlippedParts& slipped) {
  const std::map<DecisionPlace, Standing> standing = standing_of(decisions_after(database));
  Json document = names_document(slipped.shown(board));
  document["report"] = Json::parse(report_of(database, board.id), nullptr, false);
  if (!document["report"].is_object()) document["report"] = nullptr;
  if (slipped.any() && document["report"].is_object()) {
    document["report"] = shown_report(document["report"], board.id, slipped);
  }
  document["standing"] = standing_at(standing, {.sample = board.id});
  document["all_findings"] = findings_document(database, board.id, slipped, standing);
  return document;
}

Json changes_document(compare::Database& database, std::int64_t after, const SlippedParts& slipped) {
  const std::vector<Decision> all = decisions_after(database);
  std::set<DecisionPlace> touched;
  for (const Decision& one : all) {
    if (one.id > after) touched.insert(one.place);
  }
  Json places = Json::array();
  if (!touched.empty()) {
    const std::map<DecisionPlace, Standing> standing = standing_of(all);
    for (const DecisionPlace& place : touched) {
      places.push_back({{"sample", place.sample},
                        {"number", number_document(place, slipped)},
                        {"standing", standing_at(standing, place)}});
    }
  }
  return {{"places", places}, {"last_decision", last_id(all)}};
}

}  // namespace boarddiff::cli
