// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "cli/case/decisions.h"
#include "cli/review/slipped_parts.h"
#include "compare/database.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <vector>

namespace boarddiff::cli {

// What the review page is told, over the network of the machine or in files. The fields are documented in
// cli/page/src/data.js, which reads them. `slipped`: what is shown besides what the case holds, and told by nothing.

// {state, verdicts: [{reviewer, verdict, reason, comment, at}], comments: [{reviewer, comment, at}]}
[[nodiscard]] nlohmann::ordered_json standing_document(const Standing& standing);

// All boards with how far each is decided: {boards: [...], last_decision}. `boards` as they are shown.
[[nodiscard]] nlohmann::ordered_json queue_document(compare::Database& database, const std::vector<CaseBoard>& boards,
                                                    const SlippedParts& slipped = {});

// One board: its report, its findings, and what was decided about each. Where parts are slipped in, the report is no
// more than the page shows of it: the whole one tells of all findings what a virtual part does not have.
[[nodiscard]] nlohmann::ordered_json board_document(compare::Database& database, const CaseBoard& board,
                                                    const SlippedParts& slipped = {});

// What was decided behind that row: {places: [{sample, number, standing}], last_decision}.
[[nodiscard]] nlohmann::ordered_json changes_document(compare::Database& database, std::int64_t after,
                                                      const SlippedParts& slipped = {});

}  // namespace boarddiff::cli
