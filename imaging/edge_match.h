// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// A square of one picture, its middle, and where another picture of the same size has the same edges.
struct EdgeMatch {
  PointPair pair = {};  // reference: of the one, sample: of the other, to a fraction of a pixel
  double likeness = 0;  // normalised correlation of their edge channels, -1 to 1
};

// Of squares of 37 pixels, half as far apart, whose middles are where `where` is not 0; each is looked for up to
// `reach_px` away. Best first; squares whose best place is the end of their reach are left out.
[[nodiscard]] std::vector<EdgeMatch> match_edges(const cv::Mat1b& one, const cv::Mat1b& other, const cv::Mat1b& where,
                                                 int reach_px);

}  // namespace boarddiff::imaging
