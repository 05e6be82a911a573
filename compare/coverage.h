// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/inspection.h"
#include "imaging/image_quality.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// Which share of the reference's board was compared, and where it was not: because a picture cannot be judged there,
// because the sample does not show it, or because it lies at an edge. `board`: all of it, 255 at the pair's size;
// `ignored`: what was left out on request, the same way.
[[nodiscard]] Coverage measure_coverage(const Evidence& evidence, const cv::Mat1b& board,
                                        const imaging::NormalizedPair& pair,
                                        const std::vector<imaging::FaultyPlaces>& faults, const cv::Mat1b& ignored);

}  // namespace boarddiff::compare
