// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_plane.h"

#include "imaging/base/order_statistics.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace boarddiff::imaging {

namespace {

// Geman and McClure's weight of a residual, 1 at 0.
double robust_weight(double residual, double scale) {
  const double ratio = 1 / (1 + residual * residual / (scale * scale));
  return ratio * ratio;
}

// What the displacements along the parallax are taken for.
struct Mixture {
  double noise_px = 1;    // deviation of places on the plane
  double height_px = 5;   // mean displacement of what stands on it
  double range_px = 20;   // mismatches lie anywhere up to it, on either side
  double on_plane = 0.6;  // shares, the rest are mismatches
  double raised = 0.3;
  bool one_sided = false;  // heights only upwards

  [[nodiscard]] double plane_density(double along_px) const {
    const double ratio = along_px / noise_px;
    return on_plane * std::exp(-0.5 * ratio * ratio) / (noise_px * std::sqrt(2 * std::numbers::pi));
  }
  [[nodiscard]] double raised_density(double along_px) const {
    const double height = std::abs(along_px) / height_px;
    if (one_sided && along_px < 0) {
      return 0;
    }
    return raised * std::exp(-height) / (height_px * (one_sided ? 1 : 2));
  }
  [[nodiscard]] double anywhere_density() const { return (1 - on_plane - raised) / (2 * range_px); }
};

// One round of expectation maximisation on the shares and the heights; the noise is known from across the parallax.
Mixture re_estimated(Mixture mixture, const std::vector<Displacement>& displacements) {
  constexpr double kLeast = 0.02;
  double on_plane = 0;
  double raised = 0;
  double heights = 0;
  double all = 0;
  for (const Displacement& moved : displacements) {
    if (std::abs(moved.along_px) > mixture.range_px) {
      continue;
    }
    const double plane = mixture.plane_density(moved.along_px);
    const double above = mixture.raised_density(moved.along_px);
    const double sum = plane + above + mixture.anywhere_density();
    on_plane += plane / sum;
    raised += above / sum;
    heights += above / sum * std::abs(moved.along_px);
    all += 1;
  }
  if (all < 1) {
    return mixture;
  }
  mixture.height_px = std::max(heights / std::max(raised, 1e-6), 2 * mixture.noise_px);
  mixture.on_plane = std::clamp(on_plane / all, 0.1, 0.9);
  mixture.raised = std::clamp(raised / all, kLeast, 1 - mixture.on_plane - kLeast);
  return mixture;
}

// Deviation of the places about the plane, from what heights do not change: across the parallax, of all places near the
// plane. Without a direction of parallax both coordinates count, and only places within the noise assumed so far can be
// told from heights.
double noise_of(const std::vector<Displacement>& displacements, bool known, double assumed_px) {
  constexpr double kMedianOfSize = 0.674;    // of |x|, deviations
  constexpr double kMedianOfLength = 1.177;  // of a length in two dimensions, deviations
  std::vector<float> sizes;
  for (const Displacement& moved : displacements) {
    if (std::abs(moved.along_px) < 3 * assumed_px) {
      sizes.push_back(static_cast<float>(std::abs(known ? moved.across_px : moved.along_px)));
    }
  }
  return sizes.size() < 8 ? assumed_px : median(sizes) / (known ? kMedianOfSize : kMedianOfLength);
}

std::vector<Displacement> displacements_of(const std::vector<PlaceMatch>& matches, const PlaneMap& map,
                                           const Parallax& parallax) {
  std::vector<Displacement> result;
  result.reserve(matches.size());
  for (const PlaceMatch& match : matches) {
    result.push_back(displacement(parallax, map, match));
  }
  return result;
}

// The farthest that a place has moved against the plane.
double farthest_step(const std::vector<Displacement>& before, const std::vector<Displacement>& now) {
  double farthest = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double step = std::hypot(now[i].along_px - before[i].along_px, now[i].across_px - before[i].across_px);
    farthest = std::max(farthest, std::isfinite(step) ? step : 0);
  }
  return farthest;
}

// What a pair is worth to the plane: along the parallax `along`, across it `across`, shares of what its noise allows.
WeightedPair weighted(const PlaceMatch& match, const PlaneMap& map, const Parallax& parallax, const Displacement& moved,
                      const Point& shares, double noise_px) {
  // Radians: the direction comes from the same places, and what is high errs across by as much of its height.
  constexpr double kDirectionError = 0.05;
  const double astray_px = parallax.known ? kDirectionError * moved.along_px : 0;
  Eigen::Matrix2d frame;
  const Point direction = parallax.known ? direction_at(parallax, to_sample(map, match.reference)) : Point(1, 0);
  frame << direction.x(), -direction.y(), direction.y(), direction.x();
  Eigen::Matrix2d covariance = frame.transpose() * match.covariance * frame;
  covariance.diagonal() += Point(noise_px * noise_px, noise_px * noise_px + astray_px * astray_px);
  const Eigen::Matrix2d root = shares.cwiseSqrt().asDiagonal();
  return {.pair = {match.reference, match.sample},
          .information = frame * root * covariance.inverse() * root * frame.transpose()};
}

}  // namespace

SettledPlane settle_plane(const std::vector<PlaceMatch>& matches, const PlaneMap& start, const Parallax& parallax,
                          const cv::Size& reference_size, const cv::Size& sample_size, const PlaneBounds& bounds) {
  constexpr int kRounds = 14;
  constexpr int kStraightRounds = 4;
  constexpr double kShrink = 0.6;       // of the noise that is assumed, a round
  constexpr double kLeastNoise = 0.05;  // px
  constexpr double kFarAcross = 3;      // deviations
  constexpr std::size_t kForLens = 60;  // places; fewer cannot tell a lens from a tilt
  constexpr double kStill = 0.1;        // of the noise: the plane does not move any more
  SettledPlane settled{.map = start, .on_plane = std::vector<double>(matches.size(), 1)};
  Mixture mixture{.noise_px = bounds.start_px, .height_px = 3 * bounds.start_px, .one_sided = parallax.upward_known};
  const bool many = matches.size() >= kForLens;
  std::vector<Displacement> displacements;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<Displacement> before = std::move(displacements);
    displacements = displacements_of(matches, settled.map, parallax);
    settled.noise_px = std::max(noise_of(displacements, parallax.known, mixture.noise_px), kLeastNoise);
    mixture.noise_px = std::max(settled.noise_px, bounds.start_px * std::pow(kShrink, round));
    if (round > kStraightRounds + 1 && mixture.noise_px <= settled.noise_px &&
        farthest_step(before, displacements) < kStill * settled.noise_px) {
      break;
    }
    mixture.range_px = std::max(8 * bounds.start_px, 3 * mixture.height_px);
    mixture = re_estimated(mixture, displacements);
    std::vector<WeightedPair> pairs;
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const Displacement& moved = displacements[i];
      if (!std::isfinite(moved.along_px)) {
        settled.on_plane[i] = 0;
        continue;
      }
      const double plane = mixture.plane_density(moved.along_px);
      const double sum = plane + mixture.raised_density(moved.along_px) + mixture.anywhere_density();
      const double across = robust_weight(moved.across_px, kFarAcross * mixture.noise_px);
      settled.on_plane[i] =
          parallax.known ? plane / sum * across : robust_weight(moved.along_px, kFarAcross * mixture.noise_px);
      if (std::isfinite(moved.along_px)) {
        const double other = parallax.known ? across : settled.on_plane[i];
        pairs.push_back(
            weighted(matches[i], settled.map, parallax, moved, {settled.on_plane[i], other}, mixture.noise_px));
      }
    }
    if (pairs.size() < 8) {
      break;
    }
    // Lens and bow only once the plane is about right: they would follow the tall parts.
    PlaneFitPrior prior = bounds.prior;
    const bool free = many && round >= kStraightRounds;
    prior.with_lens = prior.with_lens && free;
    prior.with_residual = prior.with_residual && free;
    settled.map = fit_plane(pairs, settled.map, reference_size, sample_size, prior);
  }
  return settled;
}

}  // namespace boarddiff::imaging
