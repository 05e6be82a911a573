// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <nlohmann/json.hpp>

namespace boarddiff::compare {

// Fields and their order as in docs/report-format.md; what report.json holds and what the page shows.
[[nodiscard]] nlohmann::ordered_json report_document(const InspectionReport& report);

}  // namespace boarddiff::compare
