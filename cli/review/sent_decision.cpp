// SPDX-License-Identifier: Apache-2.0
#include "cli/review/sent_decision.h"

#include "compare/json_numbers.h"
#include "imaging/base/error.h"

namespace boarddiff::cli {
namespace {

using Json = nlohmann::ordered_json;

// By the page's number alone.
MeantPlace counted_place(const DecisionPlace& sent, const SlippedPart* slipped) {
  if (slipped == nullptr || *sent.number < slipped->number) {
    return {.place = sent};
  }
  if (*sent.number == slipped->number) {
    return {.place = {.sample = sent.sample}, .virtual_part = slipped->part};
  }
  return {.place = {.sample = sent.sample, .number = *sent.number - 1}};
}

}  // namespace

SentDecision sent_decision_in(const Json& request, const std::string& reviewer) {
  const auto text = [&](const char* name) {
    return request.contains(name) && request[name].is_string() ? request[name].get<std::string>() : std::string();
  };
  SentDecision sent{.decision = {.place = {.sample = request["sample"].get<std::int64_t>()},
                                 .verdict = text("verdict"),
                                 .reason = text("reason"),
                                 .comment = text("comment"),
                                 .reviewer = reviewer}};
  if (request.contains("number") && request["number"].is_number_integer()) {
    sent.decision.place.number = request["number"].get<int>();
  }
  if (request.contains("box") && request["box"].is_array()) sent.box = request["box"];
  return sent;
}

MeantPlace meant_place(compare::Database& database, const SentDecision& sent, SlippedParts& slipped) {
  const DecisionPlace& place = sent.decision.place;
  if (!place.number) {
    return {.place = place};
  }
  const SlippedPart* const part = slipped.at(place.sample);
  MeantPlace counted = counted_place(place, part);
  if (sent.box.is_null()) {
    return counted;
  }
  const auto lies_there = [&](const CaseFinding& finding) {
    return compare::box_document(finding.reference_box, compare::kPixelDigits) == sent.box;
  };
  if (counted.virtual_part && lies_there(counted.virtual_part->finding)) {
    return counted;
  }
  std::optional<MeantPlace> meant;
  for (const CaseFinding& finding : findings_of(database, place.sample)) {
    if (!lies_there(finding)) continue;
    MeantPlace one{.place = {.sample = place.sample, .number = finding.number}};
    if (one.place == counted.place && !counted.virtual_part) {
      return one;
    }
    if (!meant) meant = one;
  }
  if (meant) {
    return *meant;
  }
  for (const CaseVirtualPart& other : virtual_parts_of(database, place.sample)) {
    if (lies_there(other.finding)) {
      return {.place = {.sample = place.sample}, .virtual_part = other};
    }
  }
  throw imaging::Error(imaging::ErrorCode::invalid_option,
                       "the decision is about a finding that the case does not hold");
}

}  // namespace boarddiff::cli
