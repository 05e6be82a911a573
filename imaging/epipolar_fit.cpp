// SPDX-License-Identifier: Apache-2.0
#include "imaging/epipolar_fit.h"

#include "imaging/base/order_statistics.h"
#include "imaging/plane_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

constexpr int kHomography = 8;  // of the unknowns; then the angle towards the epipole and how near that is
constexpr int kAngle = 8;
constexpr int kNearness = 9;
using Unknowns = Eigen::Matrix<double, 10, 1>;
using Normal = Eigen::Matrix<double, 10, 10>;

// The epipole as seen from the middle of the sample: in which direction, and one over how many half diagonals off.
struct Epipole {
  double angle = 0;
  double nearness = 0;

  // From a point of the sample, half diagonals about its middle; as long as the parallax there is strong.
  [[nodiscard]] Point towards(const Point& at) const { return Point(std::cos(angle), std::sin(angle)) - nearness * at; }
};

// The direction that the displacements spread along.
double widest_spread(const std::vector<PlaceMatch>& matches, const PlaneMap& map, double far_px) {
  Eigen::Matrix2d spread = Eigen::Matrix2d::Zero();
  for (const PlaceMatch& match : matches) {
    const Point moved = match.sample - to_sample(map, match.reference);
    if (moved.norm() < far_px) {
      spread += moved * moved.transpose();
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(spread);
  return std::atan2(axes.eigenvectors()(1, 1), axes.eigenvectors()(0, 1));
}

// One place: how far across the parallax it lies, and how that depends on the unknowns.
struct Across {
  double px = 0;
  Unknowns by = Unknowns::Zero();
};

Across across_of(const PlaceMatch& match, const Point& plane,
                 const Eigen::Matrix<double, 2, kHomography>& by_homography, const Epipole& epipole,
                 const RadialLens& sample) {
  // An epipole inside the picture would let the places next to it decide alone.
  constexpr double kNearest = 0.1;  // half diagonals
  const Point at = (plane - sample.centre_px) / sample.half_diagonal_px;
  const Point towards = epipole.towards(at);
  const Point along = towards.normalized();
  const Point aside(-along.y(), along.x());
  const Point moved = match.sample - plane;
  Across across{.px = aside.dot(moved)};
  across.by.head<kHomography>() = -(aside.transpose() * by_homography).transpose();
  // Turning the direction moves the place across it by as much as it lies along.
  const double lever = along.dot(moved) / std::max(towards.norm(), kNearest);
  across.by[kAngle] = -lever * aside.dot(Point(-std::sin(epipole.angle), std::cos(epipole.angle)));
  across.by[kNearness] = lever * aside.dot(at);
  return across;
}

// The deviation of a normal distribution of which a share lies within the sizes' quantile of that share.
double deviation(const std::vector<float>& sizes, double share, double quantile_of_normal) {
  constexpr double kLeast = 0.05;  // px: places are not known better
  return std::max(quantile(sizes, share) / quantile_of_normal, kLeast);
}

}  // namespace

EpipolarFit fit_epipolar(const std::vector<PlaceMatch>& matches, const PlaneMap& start, const cv::Size& reference_size,
                         const cv::Size& sample_size, double far_px) {
  constexpr std::size_t kLeastPlaces = 100;  // ten for each unknown
  constexpr int kRounds = 15;
  constexpr double kStrays = 2;         // deviations: what lies farther across counts ever less
  constexpr double kDamping = 1e-4;     // the map may move along the parallax freely, which says nothing: it stays
  constexpr double kUsualNearness = 1;  // deviation: an epipole in the middle of the picture is rare
  const RadialLens sample = straight_lens(sample_size);
  PlaneUnknowns unknowns = unknowns_of(start, reference_size, sample_size);
  Epipole epipole{.angle = widest_spread(matches, start, far_px)};
  EpipolarFit fit{.map = start};
  double noise_px = far_px;
  for (int round = 0; round < kRounds; ++round) {
    Normal normal = Normal::Zero();
    Unknowns right = Unknowns::Zero();
    std::vector<float> sizes;
    for (const PlaceMatch& match : matches) {
      const Point plane = to_sample(fit.map, match.reference);
      if (!((match.sample - plane).norm() < far_px)) {
        continue;
      }
      const auto jacobian = plane_jacobian(unknowns, match.reference, reference_size, sample_size);
      const Across across = across_of(match, plane, jacobian.leftCols<kHomography>(), epipole, sample);
      const double ratio = across.px / (kStrays * noise_px);
      const double weight = 1 / ((1 + ratio * ratio) * (1 + ratio * ratio));
      normal += weight * across.by * across.by.transpose();
      right -= weight * across.by * across.px;
      sizes.push_back(static_cast<float>(std::abs(across.px)));
    }
    if (sizes.size() < kLeastPlaces) {
      return fit;
    }
    noise_px = deviation(sizes, 0.5, 0.674);
    fit.noise_px = noise_px;
    fit.core_px = deviation(sizes, 0.25, 0.3186);
    const double prior = noise_px * noise_px / (kUsualNearness * kUsualNearness);
    normal(kNearness, kNearness) += prior;
    right[kNearness] -= prior * epipole.nearness;
    normal.diagonal() *= 1 + kDamping;
    const Unknowns change = normal.ldlt().solve(right);
    unknowns.head<kHomography>() += change.head<kHomography>();
    epipole.angle += change[kAngle];
    epipole.nearness += change[kNearness];
    fit.map = plane_of(unknowns, reference_size, sample_size);
  }
  Eigen::Vector3d& at = fit.parallax.epipole_in_sample;
  at << epipole.towards(Point::Zero()) * sample.half_diagonal_px + epipole.nearness * sample.centre_px,
      epipole.nearness;
  at.normalize();
  fit.parallax.known = true;
  return fit;
}

}  // namespace boarddiff::imaging
