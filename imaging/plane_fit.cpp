// SPDX-License-Identifier: Apache-2.0
#include "imaging/plane_fit.h"

#include "imaging/base/error.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>

namespace boarddiff::imaging {

namespace {

constexpr int kFirstTerm = 3;  // of the residual's terms, those below are the homography's
constexpr int kTerms = SmoothResidual::kTerms - kFirstTerm;
constexpr int kReferenceLens = 8;
constexpr int kSampleLens = 10;
constexpr int kResidualX = 12;
constexpr int kResidualY = kResidualX + kTerms;
static_assert(kResidualY + kTerms == kPlaneUnknowns);

using Normal = Eigen::Matrix<double, kPlaneUnknowns, kPlaneUnknowns>;

// Pixels of a picture to units of its half diagonal about its middle, where all numbers are near 1.
Eigen::Matrix3d unit_from_pixels(const RadialLens& lens) {
  const double s = 1 / lens.half_diagonal_px;
  Eigen::Matrix3d result;
  result << s, 0, -s * lens.centre_px.x(), 0, s, -s * lens.centre_px.y(), 0, 0, 1;
  return result;
}

SmoothResidual no_residual(const cv::Size& reference_size) {
  return {.origin_in_reference = {(reference_size.width - 1) / 2.0, (reference_size.height - 1) / 2.0},
          .half_side_px = std::max(reference_size.width, reference_size.height) / 2.0};
}

Eigen::Matrix3d homography_of(const PlaneUnknowns& unknowns) {
  Eigen::Matrix3d result;
  result << unknowns[0], unknowns[1], unknowns[2], unknowns[3], unknowns[4], unknowns[5], unknowns[6], unknowns[7], 1;
  return result;
}

// One over the squared deviation that each unknown is allowed before the pictures are looked at; 0: anything.
PlaneUnknowns prior_information(const PlaneFitPrior& prior) {
  constexpr double kHeldFast = 1e18;
  PlaneUnknowns information = PlaneUnknowns::Zero();
  information.segment<4>(kReferenceLens).setConstant(prior.with_lens ? 1 / (prior.lens * prior.lens) : kHeldFast);
  information.segment<2 * kTerms>(kResidualX)
      .setConstant(prior.with_residual ? 1 / (prior.residual_px * prior.residual_px) : kHeldFast);
  return information;
}

double cost_of(const std::vector<WeightedPair>& pairs, const PlaneUnknowns& unknowns, const PlaneMap& map,
               const PlaneUnknowns& prior) {
  double cost = unknowns.cwiseAbs2().dot(prior);
  for (const WeightedPair& weighted : pairs) {
    const Point residual = weighted.pair.sample - to_sample(map, weighted.pair.reference);
    cost += residual.dot(weighted.information * residual);
  }
  return std::isfinite(cost) ? cost : std::numeric_limits<double>::infinity();
}

// to_sample() wants a positive third coordinate on the visible side.
void turn_to_visible_side(PlaneMap& map, const std::vector<WeightedPair>& pairs) {
  double sum = 0;
  for (const WeightedPair& weighted : pairs) {
    sum += (map.sample_from_reference * bent(map.reference_lens, weighted.pair.reference).homogeneous()).z();
  }
  map.sample_from_reference /= sum / static_cast<double>(pairs.size());
}

}  // namespace

PlaneMap plane_of(const PlaneUnknowns& unknowns, const cv::Size& reference_size, const cv::Size& sample_size) {
  PlaneMap map{.reference_lens = straight_lens(reference_size),
               .sample_lens = straight_lens(sample_size),
               .residual = no_residual(reference_size)};
  map.sample_from_reference =
      unit_from_pixels(map.sample_lens).inverse() * homography_of(unknowns) * unit_from_pixels(map.reference_lens);
  map.reference_lens.k = unknowns.segment<2>(kReferenceLens);
  map.sample_lens.k = unknowns.segment<2>(kSampleLens);
  map.residual.shift_px.block<1, kTerms>(0, kFirstTerm) = unknowns.segment<kTerms>(kResidualX).transpose();
  map.residual.shift_px.block<1, kTerms>(1, kFirstTerm) = unknowns.segment<kTerms>(kResidualY).transpose();
  return map;
}

PlaneUnknowns unknowns_of(const PlaneMap& map, const cv::Size& reference_size, const cv::Size& sample_size) {
  Eigen::Matrix3d unit = unit_from_pixels(straight_lens(sample_size)) * map.sample_from_reference *
                         unit_from_pixels(straight_lens(reference_size)).inverse();
  unit /= unit(2, 2);
  PlaneUnknowns unknowns;
  unknowns.head<8>() << unit(0, 0), unit(0, 1), unit(0, 2), unit(1, 0), unit(1, 1), unit(1, 2), unit(2, 0), unit(2, 1);
  unknowns.segment<2>(kReferenceLens) = map.reference_lens.k;
  unknowns.segment<2>(kSampleLens) = map.sample_lens.k;
  unknowns.segment<kTerms>(kResidualX) = map.residual.shift_px.block<1, kTerms>(0, kFirstTerm).transpose();
  unknowns.segment<kTerms>(kResidualY) = map.residual.shift_px.block<1, kTerms>(1, kFirstTerm).transpose();
  return unknowns;
}

Eigen::Matrix<double, 2, kPlaneUnknowns> plane_jacobian(const PlaneUnknowns& unknowns, const Point& point_in_reference,
                                                        const cv::Size& reference_size, const cv::Size& sample_size) {
  const RadialLens reference = straight_lens(reference_size);
  const double sample_unit_px = straight_lens(sample_size).half_diagonal_px;
  const Eigen::Matrix3d h = homography_of(unknowns);
  const Point u = (point_in_reference - reference.centre_px) / reference.half_diagonal_px;
  const double u2 = u.squaredNorm();
  const Point a = u * (1 + u2 * (unknowns[kReferenceLens] + u2 * unknowns[kReferenceLens + 1]));
  const Eigen::Vector3d mapped = h * a.homogeneous();
  const Point w = mapped.hnormalized();
  const double w2 = w.squaredNorm();
  const double k1 = unknowns[kSampleLens];
  const double k2 = unknowns[kSampleLens + 1];

  Eigen::Matrix<double, 2, 8> by_homography;
  by_homography << a.x(), a.y(), 1, 0, 0, 0, -w.x() * a.x(), -w.x() * a.y(),  //
      0, 0, 0, a.x(), a.y(), 1, -w.y() * a.x(), -w.y() * a.y();
  by_homography /= mapped.z();
  const Eigen::Matrix2d by_ideal = (h.topLeftCorner<2, 2>() - w * h.bottomLeftCorner<1, 2>()) / mapped.z();
  const Eigen::Matrix2d by_lens =
      (1 + w2 * (k1 + w2 * k2)) * Eigen::Matrix2d::Identity() + (2 * k1 + 4 * k2 * w2) * w * w.transpose();
  const SmoothResidual residual = no_residual(reference_size);
  const auto terms = SmoothResidual::terms(
      ((point_in_reference - residual.origin_in_reference) / residual.half_side_px).cwiseMax(-1.5).cwiseMin(1.5));

  Eigen::Matrix<double, 2, kPlaneUnknowns> jacobian = Eigen::Matrix<double, 2, kPlaneUnknowns>::Zero();
  jacobian.leftCols<8>() = sample_unit_px * by_lens * by_homography;
  jacobian.col(kReferenceLens) = sample_unit_px * by_lens * by_ideal * u * u2;
  jacobian.col(kReferenceLens + 1) = jacobian.col(kReferenceLens) * u2;
  jacobian.col(kSampleLens) = sample_unit_px * w * w2;
  jacobian.col(kSampleLens + 1) = sample_unit_px * w * w2 * w2;
  jacobian.block<1, kTerms>(0, kResidualX) = terms.tail<kTerms>().transpose();
  jacobian.block<1, kTerms>(1, kResidualY) = terms.tail<kTerms>().transpose();
  return jacobian;
}

PlaneMap fit_plane(const std::vector<WeightedPair>& pairs, const PlaneMap& start, const cv::Size& reference_size,
                   const cv::Size& sample_size, const PlaneFitPrior& prior) {
  require(pairs.size() >= 4, "fit_plane: at least four pairs");
  constexpr int kSteps = 20;
  constexpr double kEnough = 1e-7;  // of the cost: nothing below a thousandth of a pixel is left
  const PlaneUnknowns known = prior_information(prior);
  PlaneUnknowns unknowns = unknowns_of(start, reference_size, sample_size);
  if (!prior.with_lens) {
    unknowns.segment<4>(kReferenceLens).setZero();
  }
  if (!prior.with_residual) {
    unknowns.segment<2 * kTerms>(kResidualX).setZero();
  }
  PlaneMap map = plane_of(unknowns, reference_size, sample_size);
  double cost = cost_of(pairs, unknowns, map, known);
  double damping = 1e-6;
  for (int step = 0; step < kSteps; ++step) {
    Normal normal = known.asDiagonal();
    PlaneUnknowns right = -known.cwiseProduct(unknowns);
    for (const WeightedPair& weighted : pairs) {
      const auto jacobian = plane_jacobian(unknowns, weighted.pair.reference, reference_size, sample_size);
      const Eigen::Matrix<double, kPlaneUnknowns, 2> weighed = jacobian.transpose() * weighted.information;
      // Entry by entry: the general product of matrices packs such thin ones first, which costs more than it saves.
      normal += weighed.lazyProduct(jacobian);
      right.noalias() += weighed * (weighted.pair.sample - to_sample(map, weighted.pair.reference));
    }
    normal.diagonal() += damping * normal.diagonal();
    normal.diagonal().array() += 1e-9;
    const PlaneUnknowns next = unknowns + normal.ldlt().solve(right);
    const PlaneMap next_map = plane_of(next, reference_size, sample_size);
    const double next_cost = cost_of(pairs, next, next_map, known);
    if (!(next_cost < cost)) {
      damping = std::max(damping, 1e-6) * 30;
      if (damping > 1e6) {
        break;
      }
      continue;
    }
    const bool enough = cost - next_cost <= kEnough * cost;
    unknowns = next;
    map = next_map;
    cost = next_cost;
    damping *= 0.1;
    if (enough) {
      break;
    }
  }
  turn_to_visible_side(map, pairs);
  return map;
}

}  // namespace boarddiff::imaging
