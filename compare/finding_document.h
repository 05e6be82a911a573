// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "imaging/board_image.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace boarddiff::compare {

// The list of findings as in docs/report-format.md; `modality`: of the report's pictures.
[[nodiscard]] nlohmann::ordered_json findings_document(const std::vector<Finding>& findings,
                                                       imaging::Modality modality);

}  // namespace boarddiff::compare
