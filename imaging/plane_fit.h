// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/features.h"
#include "imaging/plane_map.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <vector>

namespace boarddiff::imaging {

// A pair, and how well it is known where it lies in the sample: the inverse of its covariance, sample pixels^-2. Zero
// in a direction: nothing is known there, as of the height of a tall part.
struct WeightedPair {
  PointPair pair = {};
  Eigen::Matrix2d information = Eigen::Matrix2d::Identity();
};

// What is known before the pictures are looked at, as standard deviations: it decides only what the pairs leave open.
struct PlaneFitPrior {
  double lens = 0.02;         // of either coefficient of either lens
  double residual_px = 4;     // of each coefficient of the smooth residual, sample pixels
  bool with_lens = true;      // false: both lenses stay straight
  bool with_residual = true;  // false: the smooth residual stays 0
};

// Unknowns, in this order: the homography between pictures scaled to half diagonals (8, the ninth entry is 1), the two
// coefficients of the reference's and of the sample's lens, and the 7 terms of degree 2 and 3 of the residual in x,
// then in y.
inline constexpr int kPlaneUnknowns = 8 + 4 + 14;
using PlaneUnknowns = Eigen::Matrix<double, kPlaneUnknowns, 1>;

// The map that minimises the sum of residual' * information * residual over the pairs plus the prior's squares, by
// Levenberg and Marquardt's method from `start`. Robust weights are the caller's: they go into the information. Needs
// at least 4 pairs with information; returns `start` when there is none that improves on it.
[[nodiscard]] PlaneMap fit_plane(const std::vector<WeightedPair>& pairs, const PlaneMap& start,
                                 const cv::Size& reference_size, const cv::Size& sample_size,
                                 const PlaneFitPrior& prior = {});

// The two halves of the fit, for its tests: the map of given unknowns, and how a mapped point depends on them.
[[nodiscard]] PlaneMap plane_of(const PlaneUnknowns& unknowns, const cv::Size& reference_size,
                                const cv::Size& sample_size);
[[nodiscard]] PlaneUnknowns unknowns_of(const PlaneMap& map, const cv::Size& reference_size,
                                        const cv::Size& sample_size);
[[nodiscard]] Eigen::Matrix<double, 2, kPlaneUnknowns> plane_jacobian(const PlaneUnknowns& unknowns,
                                                                      const Point& point_in_reference,
                                                                      const cv::Size& reference_size,
                                                                      const cv::Size& sample_size);

}  // namespace boarddiff::imaging
