// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <functional>
#include <string>

namespace boarddiff::test {

using Method =
    std::function<compare::InspectionReport(const imaging::BoardImage& reference, const imaging::BoardImage& sample)>;

// A method as a program, to be evaluated as boarddiff is: NAME inspect REFERENCE SAMPLE --output DIR [--modality M]
// [--pixels-per-mm N] [--points IN --points-output OUT]. Writes DIR/report.json. Returns the exit status.
[[nodiscard]] int run_yardstick(const std::string& name, const Method& method, int count, char** values);

}  // namespace boarddiff::test
