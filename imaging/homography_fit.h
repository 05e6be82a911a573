// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"
#include "imaging/plane_map.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace boarddiff::imaging {

struct HomographyFit {
  Eigen::Matrix3d sample_from_reference = Eigen::Matrix3d::Identity();
  std::vector<PointPair> inliers = {};
};

// A homography that many pairs agree on within tolerance_px (sample pixels), by MAGSAC (Barath et al. 2019); the
// inliers are counted by re-projection, not taken from the estimator's word. Empty when there is none.
[[nodiscard]] std::optional<HomographyFit> fit_homography(const std::vector<PointPair>& pairs, double tolerance_px,
                                                          std::uint64_t seed);

// The fit as a map, with straight lenses: least squares over the inliers.
[[nodiscard]] PlaneMap plane_through(const HomographyFit& fit, const cv::Size& reference_size,
                                     const cv::Size& sample_size, double tolerance_px);

}  // namespace boarddiff::imaging
