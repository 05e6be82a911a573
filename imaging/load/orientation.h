// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/load/raster.h"

#include <opencv2/core.hpp>

// Private to the loader: turning a picture upright.
namespace boarddiff::imaging::load {

// A value outside 1 to 8 becomes 1 and a note.
void set_orientation(Raster& raster, unsigned found);

// The picture as it is meant to be seen.
[[nodiscard]] cv::Mat upright(const cv::Mat& stored, int orientation);

}  // namespace boarddiff::imaging::load
