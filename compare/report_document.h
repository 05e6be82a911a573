// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/joint_inspection.h"
#include "compare/mapping.h"

#include <nlohmann/json.hpp>

namespace boarddiff::compare {

// Fields and their order as in docs/report-format.md; what report.json holds and what the page shows.
[[nodiscard]] nlohmann::ordered_json report_document(const InspectionReport& report);
[[nodiscard]] nlohmann::ordered_json report_document(const JointReport& joint);

// The same for the file of `align --mapping`: pictures and registration as in a report.
[[nodiscard]] nlohmann::ordered_json mapping_document(const Mapping& mapping);

}  // namespace boarddiff::compare
