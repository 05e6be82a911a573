// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_plane.h"

#include "imaging/base/order_statistics.h"
#include "imaging/base/random.h"
#include "imaging/plane_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <utility>

namespace boarddiff::imaging {

namespace {

// A place by its height: `rise` is how far along the epipole's pull it stands from the map's plane. Any plane of the
// scene is rise = m' * (x, y, 1), and the homography of that plane is H + e m'.
struct RaisedPlace {
  Eigen::Vector3d at = Eigen::Vector3d::Zero();  // in the reference without its lens, scaled to about 1
  double rise = 0;                               // about sample pixels
};

struct RaisedScene {
  std::vector<RaisedPlace> places = {};
  Eigen::Vector3d pull = Eigen::Vector3d::Zero();  // the epipole, scaled so that `rise` is in sample pixels
  Eigen::Matrix3d scaled_from_reference = Eigen::Matrix3d::Identity();
};

RaisedScene raised(const std::vector<PlaceMatch>& matches, const PlaneMap& map, const Parallax& parallax,
                   double tolerance_px) {
  RaisedScene scene;
  const double scale = 1 / map.reference_lens.half_diagonal_px;
  scene.scaled_from_reference << scale, 0, -scale * map.reference_lens.centre_px.x(), 0, scale,
      -scale * map.reference_lens.centre_px.y(), 0, 0, 1;
  Point middle = Point::Zero();
  for (const PlaceMatch& match : matches) {
    middle += match.sample / static_cast<double>(matches.size());
  }
  const Eigen::Vector3d& epipole = parallax.epipole_in_sample;
  scene.pull = epipole / (epipole.head<2>() - epipole.z() * middle).norm();
  for (const PlaceMatch& match : matches) {
    const Point ideal = bent(map.reference_lens, match.reference);
    const Eigen::Vector3d plane = map.sample_from_reference * ideal.homogeneous();
    const Eigen::Vector3d found = straightened(map.sample_lens, match.sample).homogeneous();
    const Eigen::Vector3d by_pull = scene.pull.cross(found);
    const double rise = -plane.cross(found).dot(by_pull) / by_pull.squaredNorm();
    const Displacement moved = displacement(parallax, map, match);
    if (std::isfinite(rise) && std::abs(moved.across_px) < 2 * tolerance_px) {
      scene.places.push_back({scene.scaled_from_reference * ideal.homogeneous(), rise});
    }
  }
  return scene;
}

double above(const RaisedPlace& place, const Eigen::Vector3d& plane) { return place.rise - plane.dot(place.at); }

std::size_t count_near(const RaisedScene& scene, const Eigen::Vector3d& plane, double tolerance_px) {
  return static_cast<std::size_t>(std::count_if(scene.places.begin(), scene.places.end(), [&](const auto& place) {
    return std::abs(above(place, plane)) <= tolerance_px;
  }));
}

Eigen::Vector3d fitted_plane(const RaisedScene& scene, Eigen::Vector3d plane, double tolerance_px) {
  for (int round = 0; round < 4; ++round) {
    Eigen::Matrix3d normal = 1e-9 * Eigen::Matrix3d::Identity();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    for (const RaisedPlace& place : scene.places) {
      if (std::abs(above(place, plane)) <= tolerance_px) {
        normal += place.at * place.at.transpose();
        right += place.at * place.rise;
      }
    }
    plane = normal.ldlt().solve(right);
  }
  return plane;
}

// The plane that most places lie on, by trying planes through three of them.
Eigen::Vector3d dominant_plane(const RaisedScene& scene, double tolerance_px, std::uint64_t seed) {
  constexpr int kTries = 400;
  constexpr double kSteepest = 0.02;  // of a half diagonal along one: steeper planes are no layers of a board
  Random random(seed);
  const int last = static_cast<int>(scene.places.size()) - 1;
  Eigen::Vector3d best = Eigen::Vector3d::Zero();
  std::size_t most = count_near(scene, best, tolerance_px);
  const double steepest = kSteepest / scene.scaled_from_reference(0, 0);
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Eigen::Matrix3d corners;
    Eigen::Vector3d rises;
    for (int corner = 0; corner < 3; ++corner) {
      const RaisedPlace& place = scene.places[static_cast<std::size_t>(random.integer(0, last))];
      corners.row(corner) = place.at.transpose();
      rises[corner] = place.rise;
    }
    if (std::abs(corners.determinant()) < 0.02) {
      continue;  // too near to each other to span a plane
    }
    const Eigen::Vector3d plane = corners.partialPivLu().solve(rises);
    if (plane.head<2>().norm() > steepest) {
      continue;
    }
    const std::size_t support = count_near(scene, plane, tolerance_px);
    if (support > most) {
      most = support;
      best = plane;
    }
  }
  return fitted_plane(scene, best, tolerance_px);
}

// Squares of the reference that hold places near a plane.
std::set<std::pair<int, int>> squares_of(const RaisedScene& scene, const Eigen::Vector3d& plane, double tolerance_px) {
  constexpr double kSquares = 6;  // a half diagonal
  std::set<std::pair<int, int>> squares;
  for (const RaisedPlace& place : scene.places) {
    if (std::abs(above(place, plane)) <= tolerance_px) {
      squares.insert({static_cast<int>(std::floor(place.at.x() * kSquares)),
                      static_cast<int>(std::floor(place.at.y() * kSquares))});
    }
  }
  return squares;
}

// How many of the squares also hold, or border on, one of the others.
std::size_t count_among(const std::set<std::pair<int, int>>& squares, const std::set<std::pair<int, int>>& others) {
  std::size_t among = 0;
  for (const auto& [x, y] : squares) {
    bool near = false;
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        near = near || others.count({x + dx, y + dy}) > 0;
      }
    }
    among += near ? 1 : 0;
  }
  return among;
}

// Offsets from the dominant plane at which places gather, lowest first.
std::vector<double> layers(const RaisedScene& scene, const Eigen::Vector3d& dominant, double tolerance_px) {
  std::vector<double> offsets;
  for (const RaisedPlace& place : scene.places) {
    offsets.push_back(above(place, dominant));
  }
  std::sort(offsets.begin(), offsets.end());
  const auto count_around = [&](double offset) {
    return std::upper_bound(offsets.begin(), offsets.end(), offset + tolerance_px) -
           std::lower_bound(offsets.begin(), offsets.end(), offset - tolerance_px);
  };
  std::vector<double> found;
  for (double offset = offsets.front(); offset <= offsets.back(); offset += tolerance_px / 2) {
    const auto here = count_around(offset);
    if (here > count_around(offset - tolerance_px) && here >= count_around(offset + tolerance_px)) {
      found.push_back(offset);
    }
  }
  return found;
}

// The layer at an offset, fitted; it may lean against the dominant one only as much as perspective and a misjudged
// dominant plane explain.
Eigen::Vector3d layer_at(const RaisedScene& scene, const Eigen::Vector3d& dominant, double offset,
                         double tolerance_px) {
  constexpr double kPerspective = 0.15;  // of the offset, a half diagonal
  const Eigen::Vector3d parallel = dominant + Eigen::Vector3d(0, 0, offset);
  const Eigen::Vector3d free = fitted_plane(scene, parallel, tolerance_px);
  const double lean = (free - parallel).head<2>().norm();
  return lean <= kPerspective * std::abs(offset) + 2 * tolerance_px ? free : parallel;
}

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

PlaneMap on_lowest_layer(const std::vector<PlaceMatch>& matches, const PlaneMap& map, const Parallax& parallax,
                         double tolerance_px, std::uint64_t seed) {
  constexpr std::size_t kLeastPlaces = 30;
  constexpr double kLeastShare = 0.15;  // of the dominant layer's places
  constexpr double kLeastSpread = 0.3;  // of its squares
  if (!parallax.known || !parallax.upward_known) {
    return map;
  }
  const RaisedScene scene = raised(matches, map, parallax, tolerance_px);
  if (scene.places.size() < 2 * kLeastPlaces) {
    return map;
  }
  const Eigen::Vector3d dominant = dominant_plane(scene, tolerance_px, seed);
  const double most = static_cast<double>(count_near(scene, dominant, tolerance_px));
  const auto dominant_squares = squares_of(scene, dominant, tolerance_px);
  Eigen::Vector3d chosen = dominant;
  for (const double offset : layers(scene, dominant, tolerance_px)) {
    const Eigen::Vector3d candidate = layer_at(scene, dominant, offset, tolerance_px);
    const std::size_t support = count_near(scene, candidate, tolerance_px);
    const auto squares = squares_of(scene, candidate, tolerance_px);
    const std::size_t among = count_among(squares, dominant_squares);
    if (support >= kLeastPlaces && static_cast<double>(support) >= kLeastShare * most && 2 * among >= squares.size() &&
        static_cast<double>(among) >= kLeastSpread * static_cast<double>(dominant_squares.size())) {
      chosen = candidate;
      break;
    }
  }
  PlaneMap result = map;
  result.sample_from_reference += scene.pull * (chosen.transpose() * scene.scaled_from_reference);
  return result;
}

bool is_other_layer(const PlaneMap& map, const PlaneMap& plane, const Parallax& parallax,
                    const cv::Size& reference_size, const LayerBounds& bounds) {
  constexpr double kAstray = 0.15;  // of the way along: the direction is that far from certain
  if (!parallax.known) {
    return false;
  }
  for (const double x : {0.25, 0.5, 0.75}) {
    for (const double y : {0.25, 0.5, 0.75}) {
      const Point reference(x * reference_size.width, y * reference_size.height);
      const Point at = to_sample(plane, reference);
      const Point way = to_sample(map, reference) - at;
      const Point direction = direction_at(parallax, at);
      const double along = way.dot(direction);
      const double across = std::abs(way.x() * direction.y() - way.y() * direction.x());
      const bool is_height = std::abs(along) < bounds.tallest_px && (!parallax.upward_known || along > -bounds.near_px);
      if (!(is_height && across < bounds.near_px + kAstray * std::abs(along))) {
        return false;
      }
    }
  }
  return true;
}

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
