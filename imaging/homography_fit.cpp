// SPDX-License-Identifier: Apache-2.0
#include "imaging/homography_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

constexpr int kSteps = 12;
constexpr std::size_t kMinPairsForResidual = 60;

// A similarity that brings points into [-1, 1], so that normal equations are well conditioned.
Eigen::Matrix3d unit_from(const std::vector<PointPair>& pairs, bool of_sample) {
  std::vector<Point> points;
  points.reserve(pairs.size());
  for (const PointPair& pair : pairs) {
    points.push_back(of_sample ? pair.sample : pair.reference);
  }
  const Box box = bounding_box(points);
  const double half = std::max({box.width, box.height, 1e-6}) / 2;
  Eigen::Matrix3d result;
  result << 1 / half, 0, -box.centre().x() / half, 0, 1 / half, -box.centre().y() / half, 0, 0, 1;
  return result;
}

double weight(double squared_residual, double scale) {
  const double ratio = 1 / (1 + squared_residual / (scale * scale));
  return ratio * ratio;
}

// One Gauss-Newton step on the eight free entries of a homography, in unit coordinates.
Eigen::Matrix3d improved(const Eigen::Matrix3d& b_from_a, const std::vector<PointPair>& pairs_in_units, double scale) {
  Eigen::Matrix<double, 8, 8> normal = Eigen::Matrix<double, 8, 8>::Identity() * 1e-12;
  Eigen::Matrix<double, 8, 1> right = Eigen::Matrix<double, 8, 1>::Zero();
  for (const PointPair& pair : pairs_in_units) {
    const Eigen::Vector3d at = pair.reference.homogeneous();
    const Eigen::Vector3d mapped = b_from_a * at;
    const Point projected = mapped.hnormalized();
    const Point residual = pair.sample - projected;
    const double w = weight(residual.squaredNorm(), scale);
    Eigen::Matrix<double, 2, 8> jacobian;
    jacobian << at.transpose(), 0, 0, 0, -projected.x() * at.x(), -projected.x() * at.y(),  //
        0, 0, 0, at.transpose(), -projected.y() * at.x(), -projected.y() * at.y();
    jacobian /= mapped.z();
    normal += w * jacobian.transpose() * jacobian;
    right += w * jacobian.transpose() * residual;
  }
  const Eigen::Matrix<double, 8, 1> step = normal.ldlt().solve(right);
  Eigen::Matrix3d next = b_from_a;
  next.row(0) += step.segment<3>(0).transpose();
  next.row(1) += step.segment<3>(3).transpose();
  next(2, 0) += step(6);
  next(2, 1) += step(7);
  return next;
}

// Scaled so that h33 = 1 in units: the gauge that improved() keeps.
Eigen::Matrix3d refined_homography(const std::vector<PointPair>& pairs, const Eigen::Matrix3d& start, double scale_px) {
  const Eigen::Matrix3d unit_from_reference = unit_from(pairs, false);
  const Eigen::Matrix3d unit_from_sample = unit_from(pairs, true);
  std::vector<PointPair> in_units;
  in_units.reserve(pairs.size());
  for (const PointPair& pair : pairs) {
    in_units.push_back({apply(unit_from_reference, pair.reference), apply(unit_from_sample, pair.sample)});
  }
  Eigen::Matrix3d fit = unit_from_sample * start * unit_from_reference.inverse();
  fit /= fit(2, 2);
  for (int step = 0; step < kSteps; ++step) {
    fit = improved(fit, in_units, scale_px * unit_from_sample(0, 0));
  }
  return unit_from_sample.inverse() * fit * unit_from_reference;
}

// Ridge on the polynomial: without pairs it stays zero, with many the pairs decide.
SmoothResidual fitted_residual(const std::vector<PointPair>& pairs, const PlaneMap& map, double scale_px) {
  constexpr double kRidge = 0.05;  // of a pair at the picture's edge, for each term
  constexpr int kTerms = SmoothResidual::kTerms;
  SmoothResidual residual = map.residual;
  for (int step = 0; step < kSteps; ++step) {
    Eigen::Matrix<double, kTerms, kTerms> normal = Eigen::Matrix<double, kTerms, kTerms>::Identity() * kRidge;
    Eigen::Matrix<double, kTerms, 2> right = Eigen::Matrix<double, kTerms, 2>::Zero();
    for (const PointPair& pair : pairs) {
      const Point wanted = pair.sample - apply(map.sample_from_reference, pair.reference);
      const double w = weight((wanted - residual.at(pair.reference)).squaredNorm(), scale_px);
      const auto terms = SmoothResidual::terms((pair.reference - residual.origin_in_reference) / residual.half_side_px);
      normal += w * terms * terms.transpose();
      right += w * terms * wanted.transpose();
    }
    residual.shift_px = normal.ldlt().solve(right).transpose();
  }
  return residual;
}

}  // namespace

std::optional<HomographyFit> fit_homography(const std::vector<PointPair>& pairs, double tolerance_px,
                                            std::uint64_t seed) {
  if (pairs.size() < 4) {
    return {};
  }
  std::vector<cv::Point2d> reference;
  std::vector<cv::Point2d> sample;
  for (const PointPair& pair : pairs) {
    reference.emplace_back(pair.reference.x(), pair.reference.y());
    sample.emplace_back(pair.sample.x(), pair.sample.y());
  }
  cv::UsacParams params;
  params.threshold = tolerance_px;
  params.confidence = 0.9999;
  params.maxIterations = 20000;
  params.randomGeneratorState = static_cast<int>(seed % 1000003);
  params.score = cv::SCORE_METHOD_MAGSAC;
  params.sampler = cv::SAMPLING_PROSAC;  // the pairs come best first
  params.loMethod = cv::LOCAL_OPTIM_SIGMA;
  params.isParallel = false;
  cv::Mat estimate = cv::findHomography(reference, sample, cv::noArray(), params);
  if (estimate.empty() || !cv::checkRange(estimate)) {
    return {};
  }
  HomographyFit fit;
  cv::cv2eigen(estimate, fit.sample_from_reference);
  for (const PointPair& pair : pairs) {
    // NaN, from points at infinity, is no inlier.
    if ((apply(fit.sample_from_reference, pair.reference) - pair.sample).norm() <= tolerance_px) {
      fit.inliers.push_back(pair);
    }
  }
  return fit;
}

PlaneMap fit_plane_map(const std::vector<PointPair>& pairs, const Eigen::Matrix3d& start,
                       const cv::Size& reference_size, double scale_px) {
  PlaneMap map;
  map.sample_from_reference = refined_homography(pairs, start, scale_px);
  map.residual.origin_in_reference = {(reference_size.width - 1) / 2.0, (reference_size.height - 1) / 2.0};
  map.residual.half_side_px = std::max(reference_size.width, reference_size.height) / 2.0;
  if (pairs.size() >= kMinPairsForResidual) {
    map.residual = fitted_residual(pairs, map, scale_px);
  }
  // to_sample() needs a positive third coordinate on the visible side.
  double sum = 0;
  for (const PointPair& pair : pairs) {
    sum += (map.sample_from_reference * pair.reference.homogeneous()).z();
  }
  map.sample_from_reference /= sum / static_cast<double>(pairs.size());
  return map;
}

}  // namespace boarddiff::imaging
