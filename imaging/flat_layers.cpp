// SPDX-License-Identifier: Apache-2.0
#include "imaging/flat_layers.h"

#include "imaging/base/random.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
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

}  // namespace boarddiff::imaging
