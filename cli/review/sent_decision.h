// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/decisions.h"
#include "cli/case/virtual_parts.h"
#include "cli/review/slipped_parts.h"
#include "compare/database.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace boarddiff::cli {

// What a page sends as its decision.
struct SentDecision {
  Decision decision = {};           // its number is as the page counts
  nlohmann::ordered_json box = {};  // of the finding in the reference, as the page was told; null: it does not say
};
// `request`: an object with the number of its sample.
[[nodiscard]] SentDecision sent_decision_in(const nlohmann::ordered_json& request, const std::string& reviewer);

// What that is about.
struct MeantPlace {
  DecisionPlace place = {};                          // in the case
  std::optional<CaseVirtualPart> virtual_part = {};  // instead of it
};
// A decision that waited in a browser may come from another review of the case, which showed other virtual parts and so
// counted otherwise: where the box is given, it tells, and the number only between findings of one box. Throws
// Error{invalid_option} where nothing of that box is known.
[[nodiscard]] MeantPlace meant_place(compare::Database& database, const SentDecision& sent, SlippedParts& slipped);

}  // namespace boarddiff::cli
