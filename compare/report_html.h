// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <string>

namespace boarddiff::compare {

// One self-contained page: both aligned pictures with a slider and a blink key, each finding with crops side by
// side, the registration's quality, hashes, options. Loads nothing from anywhere; no EXIF.
[[nodiscard]] std::string report_html(const InspectionReport& report, const imaging::BoardImage& reference,
                                      const imaging::BoardImage& sample);

}  // namespace boarddiff::compare
