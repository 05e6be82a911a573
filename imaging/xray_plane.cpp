// SPDX-License-Identifier: Apache-2.0
#include "imaging/xray_plane.h"

#include "imaging/epipolar_fit.h"
#include "imaging/find_parallax.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr double kKernel = 0.5;  // of the places' deviation: nearer layers than that look like one
constexpr double kLeastKernel_px = 0.08;

// A place by its height: any plane of the scene is rise = tilt * (x, y) + offset, and parallel planes differ by their
// offset alone.
struct Raised {
  Eigen::Vector2d at = Eigen::Vector2d::Zero();  // half diagonals of the reference about its middle
  double rise = 0;                               // about sample pixels
  double weight = 0;                             // how well the rise is known
};

struct RaisedPlaces {
  std::vector<Raised> places = {};
  Eigen::Vector3d pull = Eigen::Vector3d::Zero();  // the epipole, scaled to a sample pixel in the middle
};

RaisedPlaces raised(const std::vector<PlaceMatch>& matches, const EpipolarFit& fit, const cv::Size& sample_size,
                    double far_px) {
  constexpr double kAstray = 3;    // deviations across the parallax: mismatches
  constexpr double kMostSure = 4;  // times the usual weight: or a corner far from the epipole decides alone
  const RadialLens& reference = fit.map.reference_lens;
  const Point middle((sample_size.width - 1) / 2.0, (sample_size.height - 1) / 2.0);
  const Eigen::Vector3d& epipole = fit.parallax.epipole_in_sample;
  RaisedPlaces result{.pull = epipole / (epipole.head<2>() - epipole.z() * middle).norm()};
  for (const PlaceMatch& match : matches) {
    const Displacement moved = displacement(fit.parallax, fit.map, match);
    if (!(std::abs(moved.along_px) < far_px && std::abs(moved.across_px) < kAstray * fit.noise_px)) {
      continue;
    }
    const Eigen::Vector3d plane = fit.map.sample_from_reference * match.reference.homogeneous();
    const double px = (result.pull.head<2>() - result.pull.z() * plane.hnormalized()).norm() / plane.z();
    const double ratio = moved.across_px / (0.5 * kAstray * fit.noise_px);
    const double agrees = 1 / ((1 + ratio * ratio) * (1 + ratio * ratio));
    result.places.push_back({.at = (match.reference - reference.centre_px) / reference.half_diagonal_px,
                             .rise = moved.along_px / px,
                             .weight = agrees * std::min(px * px, kMostSure)});
  }
  return result;
}

// How many places lie at which offset from planes of one tilt, smoothed by a normal distribution.
class Profile {
 public:
  Profile(const std::vector<Raised>& places, const Eigen::Vector2d& tilt, double kernel, double range)
      : first_(-range), step_(kernel / kBins) {
    std::vector<double> raw(static_cast<std::size_t>(2 * range / step_) + 2, 0.0);
    for (const Raised& place : places) {
      const double bin = (place.rise - tilt.dot(place.at) - first_) / step_;
      if (bin >= 0 && bin + 1 < static_cast<double>(raw.size())) {
        const auto whole = static_cast<std::size_t>(bin);
        const double rest = bin - static_cast<double>(whole);
        raw[whole] += place.weight * (1 - rest);
        raw[whole + 1] += place.weight * rest;
      }
    }
    smooth(raw);
  }

  [[nodiscard]] const std::vector<double>& counts() const { return counts_; }
  [[nodiscard]] double offset(std::size_t bin) const { return first_ + step_ * static_cast<double>(bin); }

  // Great when places gather at few offsets: the sum over all pairs of places of how near they lie to each other.
  [[nodiscard]] double sharpness() const {
    double sum = 0;
    for (const double count : counts_) {
      sum += count * count;
    }
    return sum;
  }

 private:
  static constexpr int kBins = 4;  // a deviation of the kernel
  static constexpr int kReach = 3 * kBins;

  void smooth(const std::vector<double>& raw) {
    std::array<double, 2 * kReach + 1> kernel = {};
    for (int i = -kReach; i <= kReach; ++i) {
      kernel.at(static_cast<std::size_t>(i + kReach)) = std::exp(-0.5 * i * i / (kBins * kBins));
    }
    counts_.assign(raw.size(), 0.0);
    for (std::size_t i = kReach; i + kReach < raw.size(); ++i) {
      for (std::size_t k = 0; k < kernel.size(); ++k) {
        counts_[i] += kernel[k] * raw[i + k - kReach];
      }
    }
  }

  double first_;
  double step_;
  std::vector<double> counts_ = {};
};

// The tilt under which the profile is sharpest. All layers are parallel and tell it together; places of one layer alone
// are too few, and a plane through two layers at either end of the board would hold more than either.
Eigen::Vector2d sharpest_tilt(const std::vector<Raised>& places, double kernel, double range) {
  constexpr int kSteps = 12;            // kernels a half diagonal: what fits to a mixture of layers are askew by
  constexpr double kFinest = 1.0 / 40;  // of the kernel
  const auto sharpness = [&](const Eigen::Vector2d& tilt) { return Profile(places, tilt, kernel, range).sharpness(); };
  Eigen::Vector2d best = Eigen::Vector2d::Zero();
  double most = sharpness(best);
  const auto try_tilt = [&](const Eigen::Vector2d& tilt) {
    const double now = sharpness(tilt);
    if (now > most) {
      most = now;
      best = tilt;
      return true;
    }
    return false;
  };
  for (int y = -kSteps; y <= kSteps; ++y) {
    for (int x = -kSteps; x <= kSteps; ++x) {
      try_tilt(kernel * Eigen::Vector2d(x, y));
    }
  }
  for (double step = kernel / 2; step > kFinest * kernel; step /= 2) {
    bool moved = true;
    while (moved) {
      moved = false;
      for (const Eigen::Vector2d& way : {Eigen::Vector2d(1, 0), Eigen::Vector2d(0, 1)}) {
        moved = try_tilt(best + step * way) || try_tilt(best - step * way) || moved;
      }
    }
  }
  return best;
}

// How many places lie near an offset, in each square of the reference.
std::map<std::pair<int, int>, double> spread_at(const std::vector<Raised>& places, double offset, double kernel) {
  constexpr double kSquares = 2.5;  // a half diagonal: four or five along the longer side
  std::map<std::pair<int, int>, double> spread;
  for (const Raised& place : places) {
    if (std::abs(place.rise - offset) < 2 * kernel) {
      spread[{static_cast<int>(std::floor(place.at.x() * kSquares)),
              static_cast<int>(std::floor(place.at.y() * kSquares))}] += place.weight;
    }
  }
  return spread;
}

// Offsets of the layers that hold at least half as many places as the strongest, lowest first. The same has to hold in
// most squares of the board: the tops of sockets of one height are many, but together in one part of it.
std::vector<double> strong_layers(const std::vector<Raised>& places, double kernel, double range) {
  constexpr double kStrong = 0.5;
  const Profile profile(places, Eigen::Vector2d::Zero(), kernel, range);
  const std::vector<double>& counts = profile.counts();
  const auto strongest = std::max_element(counts.begin(), counts.end());
  const auto everywhere =
      spread_at(places, profile.offset(static_cast<std::size_t>(strongest - counts.begin())), kernel);
  std::vector<double> offsets;
  double strength = 0;  // of the last one
  for (std::size_t i = 1; i + 1 < counts.size(); ++i) {
    if (!(counts[i] > counts[i - 1] && counts[i] >= counts[i + 1] && counts[i] >= kStrong * *strongest)) {
      continue;
    }
    const auto spread = spread_at(places, profile.offset(i), kernel);
    const auto strong_there = std::count_if(everywhere.begin(), everywhere.end(), [&](const auto& square) {
      const auto here = spread.find(square.first);
      return here != spread.end() && here->second >= kStrong * square.second;
    });
    if (2 * strong_there <= static_cast<std::ptrdiff_t>(everywhere.size())) {
      continue;
    }
    // Nearer than two deviations of the places it is the same layer, with a dent by chance: its stronger side counts.
    const bool apart = offsets.empty() || profile.offset(i) - offsets.back() > 2 * kernel / kKernel;
    if (apart) {
      offsets.push_back(profile.offset(i));
      strength = counts[i];
    } else if (counts[i] > strength) {
      offsets.back() = profile.offset(i);
      strength = counts[i];
    }
  }
  return offsets;
}

// The plane of a tilt and an offset.
PlaneMap moved_to(const PlaneMap& map, const Eigen::Vector3d& pull, const Eigen::Vector2d& tilt, double offset) {
  const RadialLens& reference = map.reference_lens;
  const Eigen::Vector2d slope = tilt / reference.half_diagonal_px;
  const Eigen::RowVector3d plane(slope.x(), slope.y(), offset - slope.dot(reference.centre_px));
  PlaneMap result = map;
  result.sample_from_reference += pull * plane;
  return result;
}

std::vector<double> shares_on(const std::vector<PlaceMatch>& matches, const EpipolarFit& fit, double deviation_px) {
  constexpr double kWide = 2.1;  // a half at two and a half deviations
  std::vector<double> shares;
  shares.reserve(matches.size());
  for (const PlaceMatch& match : matches) {
    const Displacement moved = displacement(fit.parallax, fit.map, match);
    const double along = moved.along_px / (kWide * deviation_px);
    const double across = moved.across_px / (kWide * fit.noise_px);
    const double share = std::exp(-0.5 * (along * along + across * across));
    shares.push_back(std::isfinite(share) ? share : 0);
  }
  return shares;
}

}  // namespace

std::optional<SettledPlane> front_plane(const std::vector<PlaceMatch>& matches, const PlaneMap& start,
                                        const cv::Size& reference_size, const cv::Size& sample_size, double far_px) {
  constexpr int kRounds = 2;  // places that a plane askew left out come back
  EpipolarFit fit{.map = start};
  double kernel = 0;
  for (int round = 0; round < kRounds; ++round) {
    fit = fit_epipolar(matches, fit.map, reference_size, sample_size, far_px);
    const RaisedPlaces scene = raised(matches, fit, sample_size, far_px);
    if (!fit.parallax.known || scene.places.empty()) {
      return {};
    }
    kernel = std::max(kKernel * fit.core_px, kLeastKernel_px);
    const Eigen::Vector2d tilt = sharpest_tilt(scene.places, kernel, far_px);
    const Profile profile(scene.places, tilt, kernel, far_px);
    const auto strongest = std::max_element(profile.counts().begin(), profile.counts().end());
    const auto bin = static_cast<std::size_t>(strongest - profile.counts().begin());
    fit.map = moved_to(fit.map, scene.pull, tilt, profile.offset(bin));
  }
  fit.parallax = with_upward(fit.parallax, fit.map, reference_size, sample_size);
  const RaisedPlaces scene = raised(matches, fit, sample_size, far_px);
  const std::vector<double> layers = strong_layers(scene.places, kernel, far_px);
  if (!fit.parallax.upward_known || layers.size() < 2) {
    return {};
  }
  fit.map = moved_to(fit.map, scene.pull, Eigen::Vector2d::Zero(), layers.back());
  return SettledPlane{.map = fit.map, .on_plane = shares_on(matches, fit, kernel / kKernel), .noise_px = fit.noise_px};
}

}  // namespace boarddiff::imaging
