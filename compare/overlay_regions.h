// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "compare/overlay_marks.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::compare {

// 255 where regions of the reference lie in the sample, at its size.
[[nodiscard]] cv::Mat1b regions_in_sample(const std::vector<MarkedRegion>& regions, const InspectionReport& report,
                                          const imaging::BoardImage& sample);

// What is ignored: slanting stripes that let the board show through. `where` has the picture's size.
void draw_hatched(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes);

// Where variations lie: thin stripes that slant the other way, on a picture as bright as it is, since it is inspected.
void draw_thinly_hatched(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes);

// What is watched: a thin line.
void draw_outlined(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes);

}  // namespace boarddiff::compare
