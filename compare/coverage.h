// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/inspection.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// Which share of the reference's board was compared, and where it was not. `board` as for measure_evidence.
[[nodiscard]] Coverage measure_coverage(const Evidence& evidence, const cv::Mat1b& board,
                                        const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
