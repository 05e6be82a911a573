// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/grey_picture.h"

#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// Distinct places of one picture and what they look like (SIFT: Lowe 2004, "Distinctive image features from
// scale-invariant keypoints"; compared by the Hellinger distance: Arandjelovic and Zisserman 2012, "Three things
// everyone should know to improve object retrieval").
struct Features {
  std::vector<Point> points = {};  // pixels of the board image
  cv::Mat1s descriptors = {};      // one row of 128 a point, of length 2048
};

// At most max_features, the strongest of each part of the picture, so that one busy corner does not take them all.
[[nodiscard]] Features find_features(const GreyPicture& picture, int max_features);

// One place seen in both pictures.
struct PointPair {
  Point reference = Point::Zero();
  Point sample = Point::Zero();
};

// Pairs of features that choose each other and are clearly nearer than the second choice; best first.
[[nodiscard]] std::vector<PointPair> match_features(const Features& reference, const Features& sample);

}  // namespace boarddiff::imaging
