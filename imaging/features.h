// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/board_image.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace boarddiff::imaging {

struct GreyPicture;

inline constexpr int kDescriptorSize = 128;
inline constexpr int kDescriptorLength = 2048;

// Distinct places of one picture and what they look like (SIFT: Lowe 2004, "Distinctive image features from
// scale-invariant keypoints"; compared by the Hellinger distance: Arandjelovic and Zisserman 2012, "Three things
// everyone should know to improve object retrieval").
struct Features {
  std::vector<Point> points = {};  // pixels of the board image
  cv::Mat1s descriptors = {};      // one row of kDescriptorSize a point, at least 0, of length kDescriptorLength
};

// At most max_features, the strongest of each part of the picture, so that one busy corner does not take them all.
[[nodiscard]] Features find_features(const GreyPicture& picture, int max_features);

// How find_features does it, and by which version of OpenCV: another one may find other features.
[[nodiscard]] std::string feature_method();

// All that the features of a picture depend on: those of equal origins are equal to the bit.
struct FeatureOrigin {
  std::string method = {};  // as feature_method
  cv::Size size = {};       // of the board image
  Modality modality = Modality::photo;
  int max_side_px = 0;  // as in RegistrationOptions
  int max_features = 0;
  std::string grey_sha256 = {};  // of the pixels that they were found in, row by row

  friend bool operator==(const FeatureOrigin&, const FeatureOrigin&) = default;
};

// The features that a registration begins with, found once and kept. Copies share the descriptors.
struct PreparedFeatures {
  Features features = {};
  FeatureOrigin origin = {};
};

// One place seen in both pictures.
struct PointPair {
  Point reference = Point::Zero();
  Point sample = Point::Zero();
};

// Pairs of features that choose each other and are clearly nearer than the second choice; best first.
[[nodiscard]] std::vector<PointPair> match_features(const Features& reference, const Features& sample);

}  // namespace boarddiff::imaging
