// SPDX-License-Identifier: Apache-2.0
#include "imaging/find_parallax.h"

#include "imaging/base/random.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <Eigen/SVD>

#include <algorithm>
#include <array>
#include <cmath>

namespace boarddiff::imaging {

namespace {

// A place and where the plane has it, both in the sample.
struct Track {
  Point plane = Point::Zero();
  Point found = Point::Zero();
};

double across(const Eigen::Vector3d& epipole, const Track& track) {
  const Point towards = epipole.head<2>() - epipole.z() * track.plane;
  const double length = towards.norm();
  const Point moved = track.found - track.plane;
  return length > 0 ? std::abs(towards.x() * moved.y() - towards.y() * moved.x()) / length : moved.norm();
}

// The point that two tracks move to or from, in units of `scale` about `centre`, so that no number is large.
Eigen::Vector3d meeting(const Track& a, const Track& b, const Point& centre, double scale) {
  const auto line = [&](const Track& track) {
    const Eigen::Vector3d from = ((track.plane - centre) / scale).homogeneous();
    const Eigen::Vector3d to = ((track.found - centre) / scale).homogeneous();
    return Eigen::Vector3d(from.cross(to).normalized());
  };
  Eigen::Vector3d meet = line(a).cross(line(b));
  if (meet.norm() < 1e-9) {
    return Eigen::Vector3d::Zero();
  }
  meet.head<2>() = meet.head<2>() * scale + centre * meet.z();
  return meet.normalized();
}

std::size_t supporters(const Eigen::Vector3d& epipole, const std::vector<Track>& tracks, double tolerance_px) {
  return static_cast<std::size_t>(std::count_if(
      tracks.begin(), tracks.end(), [&](const Track& track) { return across(epipole, track) <= tolerance_px; }));
}

// The share of the supporters that move to the side that most of them move to.
double one_sided(const Eigen::Vector3d& epipole, const std::vector<Track>& tracks, double tolerance_px) {
  int forward = 0;
  int all = 0;
  for (const Track& track : tracks) {
    if (across(epipole, track) <= tolerance_px) {
      const Point towards = epipole.head<2>() - epipole.z() * track.plane;
      forward += towards.dot(track.found - track.plane) > 0 ? 1 : 0;
      ++all;
    }
  }
  return all > 0 ? std::max(forward, all - forward) / static_cast<double>(all) : 0;
}

// The point nearest to the lines of all supporters: the smallest eigenvector of the sum of their outer products.
Eigen::Vector3d refined(Eigen::Vector3d epipole, const std::vector<Track>& tracks, double tolerance_px,
                        const Point& centre, double scale) {
  for (int round = 0; round < 5; ++round) {
    Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
    for (const Track& track : tracks) {
      if (across(epipole, track) <= tolerance_px) {
        const Eigen::Vector3d from = ((track.plane - centre) / scale).homogeneous();
        const Eigen::Vector3d to = ((track.found - centre) / scale).homogeneous();
        const Eigen::Vector3d line = from.cross(to);  // as long as the track: long ones know their direction better
        sum += line * line.transpose();
      }
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(sum);
    epipole = solver.eigenvectors().col(0);
    epipole.head<2>() = epipole.head<2>() * scale + centre * epipole.z();
    epipole.normalize();
  }
  return epipole;
}

Eigen::Matrix3d camera_of(const cv::Size& picture, double focal_sides) {
  const double focal = focal_sides * std::max(picture.width, picture.height);
  Eigen::Matrix3d camera;
  camera << focal, 0, (picture.width - 1) / 2.0, 0, focal, (picture.height - 1) / 2.0, 0, 0, 1;
  return camera;
}

// What one decomposition says: the plane's normal in the reference's camera, and the shift of the camera.
struct Pose {
  Eigen::Vector3d normal = Eigen::Vector3d::UnitZ();
  Eigen::Vector3d shift = Eigen::Vector3d::Zero();
};

// H = R + t n' up to scale, both solutions with the plane in front of the camera (after Zhang and Hanson).
std::vector<Pose> poses_of(Eigen::Matrix3d h) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(h, Eigen::ComputeFullU | Eigen::ComputeFullV);
  h /= svd.singularValues()(1);
  if ((Eigen::Vector3d::UnitZ().transpose() * h * Eigen::Vector3d::UnitZ())(0) < 0) {
    h = -h;
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(h.transpose() * h);
  const double smallest = solver.eigenvalues()(0);
  const double largest = solver.eigenvalues()(2);
  if (largest - smallest < 1e-6) {
    return {};  // the cameras stand in one place
  }
  const Eigen::Vector3d low = solver.eigenvectors().col(0);
  const Eigen::Vector3d middle = solver.eigenvectors().col(1);
  const Eigen::Vector3d high = solver.eigenvectors().col(2);
  const double a = std::sqrt(std::max(0.0, 1 - smallest));
  const double b = std::sqrt(std::max(0.0, largest - 1));
  std::vector<Pose> poses;
  for (const double sign : {1.0, -1.0}) {
    // Two directions in the plane keep their lengths and angle: `middle` and this one.
    const Eigen::Vector3d kept = (a * high + sign * b * low) / std::sqrt(largest - smallest);
    Eigen::Vector3d normal = middle.cross(kept).normalized();
    if (normal.z() < 0) {
      normal = -normal;
    }
    Eigen::Matrix3d before;
    before << middle, kept, middle.cross(kept);
    Eigen::Matrix3d after;
    after << h * middle, h * kept, (h * middle).cross(h * kept);
    const Eigen::Matrix3d turn = after * before.transpose();
    poses.push_back({normal, (h - turn) * normal});
  }
  return poses;
}

}  // namespace

Displacement displacement(const Parallax& parallax, const PlaneMap& map, const PlaceMatch& match) {
  const Point plane = to_sample(map, match.reference);
  const Point moved = match.sample - plane;
  if (!parallax.known) {
    return {.along_px = moved.norm()};
  }
  const Point direction = direction_at(parallax, plane);
  return {.along_px = direction.dot(moved), .across_px = direction.x() * moved.y() - direction.y() * moved.x()};
}

Parallax find_parallax(const std::vector<PlaceMatch>& matches, const PlaneMap& map, double tolerance_px,
                       std::uint64_t seed) {
  constexpr int kTries = 500;
  constexpr double kFar = 4;                 // tolerances: nearer places do not know their direction
  constexpr std::size_t kLeastSupport = 24;  // places
  constexpr double kLeastShare = 0.5;        // of those that moved; random directions get a fifth at most
  constexpr double kFewer = 0.3;             // suffice when they move to one side, as what stands on a plane does
  constexpr double kOneSided = 0.85;         // mismatches along a row of pins go both ways
  std::vector<Track> tracks;
  for (const PlaceMatch& match : matches) {
    const Track track{to_sample(map, match.reference), match.sample};
    if ((track.found - track.plane).norm() > kFar * tolerance_px) {
      tracks.push_back(track);
    }
  }
  Parallax parallax;
  if (tracks.size() < kLeastSupport) {
    return parallax;
  }
  Point centre = Point::Zero();
  for (const Track& track : tracks) {
    centre += track.plane / static_cast<double>(tracks.size());
  }
  double scale = 1;
  for (const Track& track : tracks) {
    scale = std::max(scale, (track.plane - centre).norm());
  }
  Random random(seed);
  std::size_t best = 0;
  Eigen::Vector3d epipole = Eigen::Vector3d::UnitX();
  const int last = static_cast<int>(tracks.size()) - 1;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const auto a = static_cast<std::size_t>(random.integer(0, last));
    const auto b = static_cast<std::size_t>(random.integer(0, last));
    const Eigen::Vector3d candidate = meeting(tracks[a], tracks[b], centre, scale);
    if (candidate.isZero()) {
      continue;
    }
    const std::size_t support = supporters(candidate, tracks, tolerance_px);
    if (support > best) {
      best = support;
      epipole = candidate;
    }
  }
  const double wanted = one_sided(epipole, tracks, tolerance_px) > kOneSided ? kFewer : kLeastShare;
  if (best < kLeastSupport || static_cast<double>(best) < wanted * static_cast<double>(tracks.size())) {
    return parallax;
  }
  parallax.known = true;
  parallax.epipole_in_sample = refined(epipole, tracks, tolerance_px, centre, scale);
  return parallax;
}

Parallax with_upward(Parallax parallax, const PlaneMap& map, const cv::Size& reference_size,
                     const cv::Size& sample_size) {
  // Half of the field of view from 20 to 65 degrees: telephones at one end, cameras on a stand at the other.
  constexpr std::array kFocalSides = {0.8, 1.1, 1.5, 2.0, 2.8};
  constexpr double kLeastAgreement = 0.8;  // cosine between the directions measured and explained
  const Point middle((reference_size.width - 1) / 2.0, (reference_size.height - 1) / 2.0);
  const Point seen = to_sample(map, middle);
  if (!parallax.known || !seen.allFinite()) {
    return parallax;
  }
  double best = 0;
  double sense = 0;
  for (const double focal : kFocalSides) {
    const Eigen::Matrix3d of_sample = camera_of(sample_size, focal).inverse();
    for (const Pose& pose : poses_of(of_sample * map.sample_from_reference * camera_of(reference_size, focal))) {
      // A place that is nearer to the camera moves by a positive share of the shift.
      const Eigen::Vector3d shift = of_sample.inverse() * pose.shift;
      const Point raised = shift.head<2>() - shift.z() * seen;
      const double cosine = raised.norm() > 0 ? raised.normalized().dot(direction_at(parallax, seen)) : 0;
      // The reference is usually taken from above: of two poses that explain the epipole this is the likelier.
      const double agreement = std::abs(cosine) * pose.normal.z() * pose.normal.z();
      if (std::abs(cosine) > kLeastAgreement && agreement > best) {
        best = agreement;
        sense = cosine > 0 ? 1 : -1;
      }
    }
  }
  if (sense != 0) {
    parallax.upward_known = true;
    parallax.epipole_in_sample *= sense;
  }
  return parallax;
}

}  // namespace boarddiff::imaging
