// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/export/case_export.h"
#include "compare/finding.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::cli {

// Nothing for a name that this version does not know.
[[nodiscard]] std::optional<compare::FindingKind> kind_named(const std::string& name);

// All that this version knows, in an order that stays, and behind them others that the case holds.
[[nodiscard]] std::vector<std::string> kinds_in(const CaseExport& exported);

// Where the kind stands among these; it does.
[[nodiscard]] std::size_t index_of(const std::string& kind, const std::vector<std::string>& kinds);

}  // namespace boarddiff::cli
