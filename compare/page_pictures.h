// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <nlohmann/json.hpp>

namespace boarddiff::compare {

// The pictures of the page as JPEG data URIs: "reference" and "sample" (when aligned in the reference's frame, both
// shrunk to `scale`), and "crops": for each finding {id, reference, sample, box: [x, y, width, height] as shares of
// the crop}. Strong findings come first when there are too many for one page.
[[nodiscard]] nlohmann::ordered_json page_pictures(const InspectionReport& report, const imaging::BoardImage& reference,
                                                   const imaging::BoardImage& sample);

}  // namespace boarddiff::compare
