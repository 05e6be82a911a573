// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/case_boards.h"
#include "compare/database.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace boarddiff::cli {

// What a report's page has to know to let its readers decide, and to write what they decided so that it can be brought
// in (case/brought_decisions):
// {format, case: {name, begin}, inspections: {ID: {inspection, sample_sha256, report_sha256}}, places: [{sample,
// number, standing}]}; `places` are those of these boards that somebody has decided about.
[[nodiscard]] nlohmann::ordered_json deciding_document(compare::Database& database,
                                                       const std::vector<CaseBoard>& boards);

}  // namespace boarddiff::cli
