// SPDX-License-Identifier: Apache-2.0
#include "imaging/homography_fit.h"

#include "imaging/plane_fit.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>

namespace boarddiff::imaging {

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

PlaneMap plane_through(const HomographyFit& fit, const cv::Size& reference_size, const cv::Size& sample_size,
                       double tolerance_px) {
  PlaneMap start = plane_of(PlaneUnknowns::Zero(), reference_size, sample_size);
  start.sample_from_reference = fit.sample_from_reference;
  std::vector<WeightedPair> pairs;
  for (const PointPair& pair : fit.inliers) {
    pairs.push_back({pair, Eigen::Matrix2d::Identity() / (tolerance_px * tolerance_px)});
  }
  return fit_plane(pairs, start, reference_size, sample_size, {.with_lens = false, .with_residual = false});
}

}  // namespace boarddiff::imaging
