// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/part_network.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace boarddiff::compare {

// What the network sees in a picture of any scale.
struct PartView {
  PartMaps maps = {};
  Eigen::Matrix3d maps_from_picture = Eigen::Matrix3d::Identity();  // a scaling; the same along both axes but for the
                                                                    // rounding of the maps to whole pixels
};

// `picture`: as shown, with so many pixels a millimetre. The network is shown it at the nearest scale that it knows:
[[nodiscard]] cv::Mat3b shown_to_network(const cv::Mat3b& picture, double pixels_per_mm);
[[nodiscard]] PartView view_parts(const cv::Mat3b& picture, double pixels_per_mm);

}  // namespace boarddiff::compare
