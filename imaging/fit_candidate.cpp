// SPDX-License-Identifier: Apache-2.0
#include "imaging/fit_candidate.h"

#include "imaging/base/text.h"
#include "imaging/flat_layers.h"
#include "imaging/repetition.h"

#include <Eigen/LU>
#include <Eigen/SVD>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr double kLeastConfidence = 0.5;

double degrees(double radians) { return radians * 180 / std::numbers::pi; }

// Flat-panel detectors have no lens, and a cone beam sees layers that a lens's freedom would follow.
PlaneFitPrior prior_for(Modality modality, const cv::Size& sample_size) {
  const double longer = std::max(sample_size.width, sample_size.height);
  const bool is_light = modality == Modality::photo;
  return {.residual_px = 0.001 * longer, .with_lens = is_light, .with_residual = is_light};
}

Point middle_of(const std::vector<PlaceMatch>& matches) {
  Point sum = Point::Zero();
  for (const PlaceMatch& match : matches) {
    sum += match.reference;
  }
  return matches.empty() ? sum : Point(sum / static_cast<double>(matches.size()));
}

// A fit that is confirmed hardly more often than where it is wrong on purpose is none.
constexpr double kAboveChance = 1.5;

// The board is what most of its parts stand on: a plane that holds fewer of the places lies somewhere above it.
constexpr double kLeastOnBoard = 0.1;

// What speaks against a fit, in words; empty when nothing does.
std::string objection_to(const FitCandidate& candidate, const cv::Size& reference_size,
                         const RegistrationOptions& options) {
  constexpr int kLeastPlaces = 16;
  const FitSigns& signs = candidate.signs;
  const View view = view_of(candidate.fit.plane.map, candidate.fit.matches);
  // Negated, so that what is no number is refused too.
  if (!(view.tilt_deg <= options.max_tilt_deg)) {
    return "the only fit found needs a tilt of " + fixed_text(view.tilt_deg, 0) +
           " degrees; the pictures seem to show different boards";
  }
  if (!(view.scale >= 1.0 / 6 && view.scale <= 6)) {
    return "the only fit found needs a scale of " + fixed_text(view.scale, 2) +
           "; the pictures seem to show different boards";
  }
  if (signs.places < kLeastPlaces || candidate.fit.matches.size() < static_cast<std::size_t>(kLeastPlaces)) {
    return "too little detail in the part that both pictures show";
  }
  if (candidate.confidence >= kLeastConfidence && signs.confirmed >= kAboveChance * signs.by_chance &&
      signs.on_board >= kLeastOnBoard) {
    return {};
  }
  if (signs.on_board < kLeastOnBoard) {
    return "what both pictures show lies at many heights, and hardly anything on one plane: the sample is seen too "
           "much "
           "from the side, or shows another board";
  }
  const std::string part = part_in_words(candidate.squares.agreeing, reference_size);
  const std::string share = percent_text(signs.confirmed) + " of the places";
  if (candidate.mirrored) {
    return "the sample may show the other side of the board: holes or outlines agree as in a mirror, but only " + share;
  }
  constexpr double kManyAgree = 0.3;
  if (signs.confirmed > kManyAgree && signs.agreeing > kManyAgree && candidate.confidence < kLeastConfidence) {
    return share +
           " agree, but one half of them says otherwise than the other how the sample lies; it may be seen from "
           "too far to the side, or show another board of similar design";
  }
  if (candidate.squares.agreeing.size() >= 2 && !part.empty()) {
    return "laid over each other the pictures agree only in " + part + " (" + share +
           "); the sample seems to show another board";
  }
  if (signs.confirmed > 3 * signs.by_chance + 0.05) {
    return "laid over each other the pictures agree in only " + share +
           ", here and there; the sample seems to show another board of similar design";
  }
  return "laid over each other the pictures agree in only " + share + "; they seem to show different boards";
}

// Whether the places (at least 37 of them) that only one fit confirms say that it is the right one. They would fall to
// either alike if both were as good (McNemar 1947, "Note on the sampling error of the difference between correlated
// proportions"); that neighbours agree together is why it takes twice the usual three deviations.
bool is_decided(const FitAdvantage& advantage) {
  constexpr double kDeviations = 6;
  constexpr int kTimes = 10;
  return advantage.first - advantage.second > kDeviations * std::sqrt(advantage.first + advantage.second) &&
         advantage.first > kTimes * advantage.second;
}

}  // namespace

View view_of(const PlaneMap& map, const std::vector<PlaceMatch>& places) {
  const Eigen::Matrix2d step = sample_step(map, middle_of(places));
  if (!step.allFinite()) {  // behind the horizon of the plane
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    return {.rotation_deg = kUnknown, .scale = kUnknown, .tilt_deg = kUnknown};
  }
  const Eigen::JacobiSVD<Eigen::Matrix2d> svd(step, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix2d turn = svd.matrixU() * svd.matrixV().transpose();
  return {.rotation_deg = degrees(std::atan2(-turn(1, 0), turn(0, 0))),  // y points down
          .scale = std::sqrt(std::abs(step.determinant())),
          .tilt_deg = tilt_deg_of(step)};
}

FitCandidate fit_candidate(const FitScene& scene, const PlaneMap& start, std::vector<Point> known) {
  const PlaneFitPrior prior = prior_for(scene.modality, scene.sample.levels.front().size());
  const std::uint64_t seed = scene.options.seed;
  FitCandidate candidate{.mirrored = scene.mirrored};
  candidate.fit = fit_board(scene.reference, scene.places, scene.sample,
                            {.map = start,
                             .known = std::move(known),
                             .parts_on_both_sides = scene.modality == Modality::xray,
                             .prior = prior,
                             .seed = seed});
  const cv::Size size = scene.reference.levels.front().size();
  candidate.squares = squares_of(candidate.fit, size);
  // Everywhere: on a block that two boards share, halves of its places agree, but not on where the rest would be.
  std::vector<Point> everywhere = candidate.squares.agreeing;
  everywhere.insert(everywhere.end(), candidate.squares.differing.begin(), candidate.squares.differing.end());
  candidate.stability_px = stability_px_of(candidate.fit, everywhere, size, scene.sample.levels.front().size(), prior);
  candidate.signs = signs_of(scene.reference, scene.places, scene.sample, candidate.fit, candidate.squares,
                             candidate.stability_px, seed);
  candidate.confidence = confidence_of(candidate.signs);
  candidate.objection = objection_to(candidate, size, scene.options);
  return candidate;
}

FitCandidate against_rivals(const FitScene& scene, FitCandidate candidate) {
  constexpr double kAsGood = 0.85;  // of the places that the fit confirms
  const cv::Size size = scene.reference.levels.front().size();
  const PlaneMap first = candidate.fit.plane.map;
  // Which layer is the board was decided before.
  const auto sees_other_layer = [&](const BoardFit& rival) {
    return is_other_layer(rival.plane.map, candidate.fit.plane.map, candidate.fit.parallax, size,
                          {.near_px = 2 * candidate.fit.unit_px, .tallest_px = kTallest_px * candidate.fit.unit_px});
  };
  for (const Point& shift : rival_shifts(scene.reference, scene.sample, first)) {
    const PlaneMap start = shifted_map(first, shift);
    FitCandidate rival = fit_candidate(scene, start, scene.places.few);
    const Point middle((size.width - 1) / 2.0, (size.height - 1) / 2.0);
    const double apart = (to_sample(rival.fit.plane.map, middle) - to_sample(candidate.fit.plane.map, middle)).norm();
    if (apart < 3 * candidate.fit.unit_px || sees_other_layer(rival.fit) || !rival.accepted() ||
        rival.signs.places < candidate.signs.places / 3) {
      continue;
    }
    rival.inliers = candidate.inliers;
    FitAdvantage advantage = advantage_of(candidate.fit, rival.fit);
    // A fit that looked along longer strips confirms more by chance: that alone must not make it the better one.
    bool loses_places = false;
    if (advantage.second > advantage.first) {
      loses_places =
          rival.signs.confirmed * rival.signs.places < kAsGood * candidate.signs.confirmed * candidate.signs.places;
      std::swap(rival, candidate);
      std::swap(advantage.first, advantage.second);
    }
    if (loses_places || (!is_decided(advantage) && rival.signs.confirmed > kAsGood * candidate.signs.confirmed)) {
      candidate.objection =
          "the pictures agree as well when they are shifted against each other: what they both show "
          "repeats itself, and nothing tells which part is which";
      return candidate;
    }
  }
  return candidate;
}

}  // namespace boarddiff::imaging
