// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"

#include <opencv2/core.hpp>

namespace boarddiff::test {

// Evidence of nothing on a grid of this many cells of 4 px, all of them inspected.
[[nodiscard]] compare::Evidence no_evidence(const cv::Size& cells);

// The same with an even patch of this strength, as of something that appeared.
[[nodiscard]] compare::Evidence with_patch(const compare::Evidence& evidence, const cv::Rect& cells, float strength);

// The same with a patch that became brighter or darker by a step of this strength, and by a tenth of that in
// logarithms.
[[nodiscard]] compare::Evidence with_step(const compare::Evidence& evidence, const cv::Rect& cells, float strength);

}  // namespace boarddiff::test
