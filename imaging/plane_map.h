// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"
#include "imaging/lens.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// What a homography and the lenses leave of the board's plane: the bow of the board, and what is not radial about a
// lens, as one smooth displacement. Polynomials of total degree 3 in the reference's coordinates, scaled so that the
// picture's longer half side is 1; the terms below degree 2 are the homography's and stay 0.
struct SmoothResidual {
  static constexpr int kTerms = 10;
  Point origin_in_reference = Point::Zero();                                             // centre of the reference
  double half_side_px = 1;                                                               // of the reference
  Eigen::Matrix<double, 2, kTerms> shift_px = Eigen::Matrix<double, 2, kTerms>::Zero();  // sample pixels a term

  [[nodiscard]] static Eigen::Matrix<double, kTerms, 1> terms(const Point& scaled);
  [[nodiscard]] Point at(const Point& point_in_reference) const;
};

// Where points of the board's plane lie in both pictures: out of the reference's lens (`reference_lens` takes its
// pixels to those of a camera without distortion), through a homography, into the sample's lens, and the residual on
// top.
struct PlaneMap {
  RadialLens reference_lens = {};
  Eigen::Matrix3d sample_from_reference = Eigen::Matrix3d::Identity();
  RadialLens sample_lens = {};
  SmoothResidual residual = {};
};

// NaN for points behind the horizon of the plane.
[[nodiscard]] Point to_sample(const PlaneMap& map, const Point& point_in_reference);

// The way back: the point of the reference that to_sample() takes to this one, to 1e-6 px. NaN where there is none.
[[nodiscard]] Point to_reference(const PlaneMap& map, const Point& point_in_sample);

// How a small step in the reference moves the sample, at a point of the reference.
[[nodiscard]] Eigen::Matrix2d sample_step(const PlaneMap& map, const Point& point_in_reference);

// The angle between the two lines of sight, from how unequally such a step scales. Degrees.
[[nodiscard]] double tilt_deg_of(const Eigen::Matrix2d& step);

// The same map for a sample of that size that is flipped left to right.
[[nodiscard]] PlaneMap flipped_sample(const PlaneMap& map, const cv::Size& sample_size);

// The box in the sample that holds the mapped corners of a box in the reference; NaN when one lies behind the horizon.
[[nodiscard]] Box to_sample(const PlaneMap& map, const Box& box_in_reference);

// Sample pixels in the reference's frame, shrunk by `scale` (0 < scale <= 1): pixel (x, y) of the result shows
// reference point ((x + 0.5) / scale - 0.5, ...). Any type and channels; bilinear on a sample that was low-pass
// filtered to the result's resolution first. What the sample does not show is `outside`.
[[nodiscard]] cv::Mat warp_to_reference(const cv::Mat& sample, const PlaneMap& map, const cv::Size& size_in_result,
                                        double scale, const cv::Scalar& outside = {});

// 255 where the result of warp_to_reference shows the sample, else 0; `usable` (may be empty) is the sample's mask.
[[nodiscard]] cv::Mat1b seen_in_reference(const cv::Size& sample_size, const cv::Mat1b& usable, const PlaneMap& map,
                                          const cv::Size& size_in_result, double scale);

}  // namespace boarddiff::imaging
