// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"

#include <opencv2/core.hpp>

namespace boarddiff::compare {

// The sample with numbered marks at the findings and a legend, CV_8UC3 BGR, at the sample's size. For a report that
// is not comparable: the sample with the reason.
[[nodiscard]] cv::Mat3b draw_overlay(const InspectionReport& report, const imaging::BoardImage& sample);

}  // namespace boarddiff::compare
