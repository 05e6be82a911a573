// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/case/decisions.h"
#include "cli/export/case_export.h"

#include <nlohmann/json.hpp>

#include <string>

// What several formats say in the same way.
namespace boarddiff::cli {

using ExportJson = nlohmann::ordered_json;

// Indented, with a line break at the end; bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string json_file_text(const ExportJson& document);

// Of the decisions that hold at a place: who made one or said something, why it was dismissed, and what was said, a
// line each. Each name and reason once; empty where nobody has decided.
[[nodiscard]] std::string reviewers_of(const Standing& decided);
[[nodiscard]] std::string dismissals_of(const Standing& decided);
[[nodiscard]] std::string comments_of(const Standing& decided);

// "dismissed (lot_code)", "undecided".
[[nodiscard]] std::string decision_words(const Standing& decided);

// "extra_component, score 0.93, at U7: the reason".
[[nodiscard]] std::string sentence_on(const CaseFinding& found);

// Why a board is in the report that was not compared: "not comparable: the reason".
[[nodiscard]] std::string trouble_words(const CaseBoard& board);

}  // namespace boarddiff::cli
