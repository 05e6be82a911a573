// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/joint_inspection.h"

#include <string>

namespace boarddiff::compare {

inline constexpr const char* kReportSchema = "boarddiff.report/1";

// The report as JSON text (docs/report-format.md): UTF-8, two spaces of indent, a newline at the end. The same
// report gives the same bytes.
[[nodiscard]] std::string report_json(const InspectionReport& report);
[[nodiscard]] std::string report_json(const JointReport& joint);

}  // namespace boarddiff::compare
