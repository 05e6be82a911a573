// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

namespace boarddiff::datasets {

// The obvious way to compare two X-rays with physics in it, as a yardstick: registered as plain_difference is; the
// logarithms of both, all their bits, with one gain and one offset for the whole picture; the blurred difference, and
// the regions above a fixed threshold, ranked by their mean difference.
struct LogDifferenceOptions {
  int max_side_px = 2400;        // longer side of the pictures that are compared
  double blur_px = 2;            // sigma, of the difference
  double min_difference = 0.05;  // of attenuation, natural logarithm: a package without its frame
  double min_area_px = 30;       // of a region
};

// All regions are findings; not_comparable only when no homography is found. Scores: 1 is a difference of 1.
[[nodiscard]] compare::InspectionReport log_difference(const imaging::BoardImage& reference,
                                                       const imaging::BoardImage& sample,
                                                       const LogDifferenceOptions& options = {});

}  // namespace boarddiff::datasets
