// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"
#include "imaging/plane_map.h"

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

// The plane map that fits the pairs best when large residuals count less and less (iteratively re-weighted least
// squares with Geman-McClure weights of the given scale): tall parts, which do not lie on the board's plane, do not
// pull it. The smooth residual is fitted where the pairs carry it and stays zero where they are few.
[[nodiscard]] PlaneMap fit_plane_map(const std::vector<PointPair>& pairs, const Eigen::Matrix3d& start,
                                     const cv::Size& reference_size, double scale_px);

}  // namespace boarddiff::imaging
