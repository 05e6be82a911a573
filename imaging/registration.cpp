// SPDX-License-Identifier: Apache-2.0
#include "imaging/registration.h"

#include "imaging/base/text.h"
#include "imaging/board_fit.h"
#include "imaging/features.h"
#include "imaging/fit_check.h"
#include "imaging/grey_picture.h"
#include "imaging/grey_pyramid.h"
#include "imaging/homography_fit.h"
#include "imaging/repetition.h"

#include <Eigen/LU>
#include <Eigen/SVD>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr int kLeastSide = 64;  // px; below it there is no room for a component

// Share of the longer side by which inliers may miss a homography; the lens of a phone bends a board by about as much.
constexpr double kFeatureTolerance = 0.002;
constexpr std::size_t kLeastFeatures = 20;

// Most boards are found on pictures of this share of the full side with this share of the features.
constexpr double kSmall = 0.4;
constexpr double kFewer = 0.4;

constexpr double kLeastConfidence = 0.5;
constexpr double kRevised = 0.1;  // share of the squares that may differ before it is said

double degrees(double radians) { return radians * 180 / std::numbers::pi; }

// Flat-panel detectors have no lens, and a cone beam sees layers that a lens's freedom would follow.
PlaneFitPrior prior_for(Modality modality, const cv::Size& sample_size) {
  const double longer = std::max(sample_size.width, sample_size.height);
  const bool is_light = modality == Modality::photo;
  return {.residual_px = 0.001 * longer, .with_lens = is_light, .with_residual = is_light};
}

Registration refused(const std::string& reason) {
  Registration registration;
  registration.reason = reason;
  return registration;
}

// Why a picture cannot be compared before anything is matched; empty when it may be.
std::string unusable(const BoardImage& image, const char* which) {
  const cv::Size size = image.size();
  if (std::min(size.width, size.height) < kLeastSide) {
    return std::string("the ") + which + " picture is too small: " + std::to_string(size.width) + " x " +
           std::to_string(size.height) + " pixels, at least " + std::to_string(kLeastSide) + " on each side are needed";
  }
  if (!image.usable.empty() && cv::countNonZero(image.usable) == 0) {
    return std::string("the ") + which + " picture has no pixel that shows anything: all are transparent or missing";
  }
  return {};
}

std::string without_detail(const char* which) {
  return std::string("the ") + which + " picture shows too little detail to recognise a board";
}

// One picture at the two sizes that features are looked for at; the features of the larger only when they are needed.
struct FeaturePicture {
  GreyPicture full = {};
  GreyPicture small = {};
  Features few = {};
  Features many = {};
};

int small_side(const RegistrationOptions& options) { return static_cast<int>(kSmall * options.max_side_px); }

FeaturePicture feature_picture(const BoardImage& image, Modality modality, const RegistrationOptions& options) {
  FeaturePicture picture{.full = grey_picture(image, modality, options.max_side_px)};
  picture.small = shrunk(picture.full, small_side(options));
  return picture;
}

void find_few(FeaturePicture& picture, const RegistrationOptions& options) {
  picture.few = find_features(picture.small, static_cast<int>(kFewer * options.max_features));
}

cv::Mat1b flipped(const cv::Mat1b& picture) {
  cv::Mat1b result;
  if (!picture.empty()) {
    cv::flip(picture, result, 1);
  }
  return result;
}

GreyPicture flipped(const GreyPicture& picture) {
  return {.pixels = flipped(picture.pixels),
          .usable = flipped(picture.usable),
          .scale_x = picture.scale_x,
          .scale_y = picture.scale_y};
}

FeaturePicture flipped(const FeaturePicture& picture) {
  return {.full = flipped(picture.full), .small = flipped(picture.small)};
}

GreyPyramid flipped(const GreyPyramid& pyramid) {
  GreyPyramid result{.usable = flipped(pyramid.usable)};
  for (const cv::Mat1b& level : pyramid.levels) {
    result.levels.push_back(flipped(level));
  }
  return result;
}

// A fit, and what the pictures say about it.
struct Candidate {
  BoardFit fit = {};
  FitSigns signs = {};
  double confidence = 0;
  int inliers = 0;
  bool mirrored = false;
  std::string objection = {};  // empty: accepted

  [[nodiscard]] bool accepted() const { return objection.empty(); }
};

struct View {
  double rotation_deg = 0;
  double scale = 1;
  double tilt_deg = 0;
};

// Rotation, scale and tilt of the view, read off the map in the middle of what agrees.
View view_of(const PlaneMap& map, const Point& middle_in_reference) {
  const Eigen::Matrix2d step = sample_step(map, middle_in_reference);
  const Eigen::JacobiSVD<Eigen::Matrix2d> svd(step, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix2d turn = svd.matrixU() * svd.matrixV().transpose();
  return {.rotation_deg = degrees(std::atan2(-turn(1, 0), turn(0, 0))),  // y points down
          .scale = std::sqrt(std::abs(step.determinant())),
          .tilt_deg = degrees(std::acos(std::clamp(svd.singularValues()(1) / svd.singularValues()(0), 0.0, 1.0)))};
}

Point middle_of(const std::vector<PlaceMatch>& matches) {
  Point sum = Point::Zero();
  for (const PlaceMatch& match : matches) {
    sum += match.reference;
  }
  return matches.empty() ? sum : Point(sum / static_cast<double>(matches.size()));
}

std::string percent(double share) { return fixed_text(100 * share, 0) + " %"; }

// What speaks against a fit, in words; empty when nothing does.
std::string objection_to(const Candidate& candidate, const cv::Size& reference_size,
                         const RegistrationOptions& options) {
  constexpr int kLeastPlaces = 16;
  const FitSigns& signs = candidate.signs;
  const View view = view_of(candidate.fit.plane.map, middle_of(candidate.fit.matches));
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
  if (candidate.confidence >= kLeastConfidence) {
    return {};
  }
  const std::string part = part_in_words(signs.agreeing_middles, reference_size);
  const std::string share = percent(signs.confirmed) + " of the places";
  if (candidate.mirrored) {
    return "the sample may show the other side of the board: holes or outlines agree as in a mirror, but only " + share;
  }
  if (signs.agreeing_middles.size() >= 2 && !part.empty()) {
    return "laid over each other the pictures agree only in " + part + " (" + share +
           "); the sample seems to show another board";
  }
  if (signs.confirmed > 3 * signs.by_chance + 0.05) {
    return "laid over each other the pictures agree in only " + share +
           ", here and there; the sample seems to show another board of similar design";
  }
  return "laid over each other the pictures agree in only " + share + "; they seem to show different boards";
}

}  // namespace

struct PreparedReference::Parts {
  std::string problem = {};  // why no sample can be registered to it
  cv::Size size = {};
  Modality modality = Modality::photo;
  RegistrationOptions options = {};
  FeaturePicture features = {};
  GreyPyramid pyramid = {};
  ReferencePlaces places = {};
};

namespace {

using Parts = PreparedReference::Parts;

// The sample as fits need it: as it is, or flipped.
struct SamplePicture {
  FeaturePicture features = {};
  GreyPyramid pyramid = {};
  bool mirrored = false;
};

Candidate fitted(const Parts& reference, const SamplePicture& sample, const PlaneMap& start, std::vector<Point> known) {
  const PlaneFitPrior prior = prior_for(reference.modality, sample.pyramid.levels.front().size());
  const std::uint64_t seed = reference.options.seed;
  Candidate candidate{.mirrored = sample.mirrored};
  candidate.fit = fit_board(reference.pyramid, reference.places, sample.pyramid,
                            {.map = start,
                             .known = std::move(known),
                             .parts_on_both_sides = reference.modality == Modality::xray,
                             .prior = prior,
                             .seed = seed});
  candidate.signs = signs_of(reference.pyramid, reference.places, sample.pyramid, candidate.fit, prior, seed);
  candidate.confidence = confidence_of(candidate.signs);
  candidate.objection = objection_to(candidate, reference.size, reference.options);
  return candidate;
}

// A fit that is off by a period of what repeats itself on the board agrees almost as well as the right one: the shifts
// that the pictures allow are tried, and when another agrees as well, nothing can be said.
Candidate against_rivals(const Parts& reference, const SamplePicture& sample, Candidate candidate) {
  constexpr double kAsGood = 0.85;  // of the places that the fit confirms
  const cv::Size size = reference.size;
  for (const Point& shift : rival_shifts(reference.pyramid, sample.pyramid, candidate.fit.plane.map)) {
    const PlaneMap start = shifted_map(candidate.fit.plane.map, shift);
    Candidate rival = fitted(reference, sample, start, reference.places.few);
    const Point middle((size.width - 1) / 2.0, (size.height - 1) / 2.0);
    const double apart = (to_sample(rival.fit.plane.map, middle) - to_sample(candidate.fit.plane.map, middle)).norm();
    if (apart < 3 * candidate.fit.unit_px || rival.signs.places < candidate.signs.places / 3) {
      continue;
    }
    rival.inliers = candidate.inliers;
    if (rival.signs.confirmed > candidate.signs.confirmed) {
      std::swap(rival, candidate);
    }
    if (rival.signs.confirmed > kAsGood * candidate.signs.confirmed) {
      candidate.objection =
          "the pictures agree as well when they are shifted against each other: what they both show "
          "repeats itself, and nothing tells which part is which";
      return candidate;
    }
  }
  return candidate;
}

// Pairs of features to a fit; nothing when they do not agree on any view of the board.
std::optional<Candidate> candidate_from(const Parts& reference, const SamplePicture& sample, bool full) {
  const Features& in_reference = full ? reference.features.many : reference.features.few;
  const Features& in_sample = full ? sample.features.many : sample.features.few;
  if (std::min(in_reference.points.size(), in_sample.points.size()) < kLeastFeatures) {
    return {};
  }
  const cv::Size size = sample.pyramid.levels.front().size();
  const double tolerance_px = kFeatureTolerance * std::max(size.width, size.height);
  const auto fit = fit_homography(match_features(in_reference, in_sample), tolerance_px, reference.options.seed);
  if (!fit || static_cast<int>(fit->inliers.size()) < reference.options.min_inliers) {
    return {};
  }
  const PlaneMap start = plane_through(*fit, reference.size, size, tolerance_px);
  std::vector<Point> known;
  for (const PointPair& pair : fit->inliers) {
    known.push_back(pair.reference);
  }
  Candidate candidate = fitted(reference, sample, start, std::move(known));
  candidate.inliers = static_cast<int>(fit->inliers.size());
  return candidate.accepted() ? against_rivals(reference, sample, std::move(candidate)) : candidate;
}

// As good as its signs, accepted ones first.
bool better(const Candidate& a, const Candidate& b) {
  return std::make_pair(a.accepted(), a.confidence) > std::make_pair(b.accepted(), b.confidence);
}

// Small pictures first, then full ones, then both with the sample flipped: the first accepted fit, or else the best.
std::optional<Candidate> best_candidate(const Parts& reference, SamplePicture& sample) {
  std::optional<Candidate> best;
  const auto consider = [&](std::optional<Candidate> candidate) {
    if (candidate && (!best || better(*candidate, *best))) {
      best = std::move(candidate);
    }
    return best && best->accepted();
  };
  Parts full = reference;
  const auto try_both = [&](SamplePicture& picture) {
    if (consider(candidate_from(reference, picture, false))) {
      return true;
    }
    if (full.features.many.points.empty()) {
      full.features.many = find_features(full.features.full, full.options.max_features);
    }
    picture.features.many = find_features(picture.features.full, full.options.max_features);
    return consider(candidate_from(full, picture, true));
  };
  if (try_both(sample)) {
    return best;
  }
  SamplePicture mirrored{.features = flipped(sample.features), .pyramid = flipped(sample.pyramid), .mirrored = true};
  find_few(mirrored.features, reference.options);
  try_both(mirrored);
  return best;
}

double overlap_share(const cv::Size& reference_size, const BoardImage& sample, const PlaneMap& map) {
  const double scale = std::min(1.0, 200.0 / std::max(reference_size.width, reference_size.height));
  const cv::Size small(std::max(1, cvRound(reference_size.width * scale)),
                       std::max(1, cvRound(reference_size.height * scale)));
  const cv::Mat1b seen = seen_in_reference(sample.size(), sample.usable, map, small, scale);
  return cv::countNonZero(seen) / static_cast<double>(small.area());
}

void describe_places(Registration& registration, const Candidate& candidate, const cv::Size& sample_size) {
  const BoardFit& fit = candidate.fit;
  std::vector<double> residuals;
  for (std::size_t i = 0; i < fit.matches.size(); ++i) {
    const PlaceMatch& match = fit.matches[i];
    const Point displacement = match.sample - to_sample(fit.plane.map, match.reference);
    if (!displacement.allFinite()) {
      continue;
    }
    if (fit.plane.on_plane[i] > 0.5) {
      residuals.push_back(displacement.norm());
    }
    PlaceHeight height{.reference = match.reference,
                       .displacement_px = displacement,
                       .deviation_px = std::sqrt(match.covariance.trace() / 2),
                       .on_board = fit.plane.on_plane[i]};
    if (candidate.mirrored) {
      height.displacement_px.x() *= -1;
    }
    registration.heights.push_back(height);
  }
  if (!residuals.empty()) {
    std::sort(residuals.begin(), residuals.end());
    registration.residual_median_px = residuals[residuals.size() / 2];
    registration.residual_p95_px = residuals[residuals.size() * 95 / 100];
  }
  registration.parallax = fit.parallax;
  if (candidate.mirrored) {
    Eigen::Vector3d& epipole = registration.parallax.epipole_in_sample;
    epipole.x() = (sample_size.width - 1) * epipole.z() - epipole.x();
  }
}

std::vector<std::string> warnings_about(const Registration& registration, const Candidate& candidate,
                                        const cv::Size& reference_size) {
  std::vector<std::string> warnings;
  if (registration.mirrored) {
    warnings.emplace_back("The sample is mirrored: it was compared as seen in a mirror.");
  }
  if (registration.layout_differs > kRevised) {
    const std::string part = part_in_words(candidate.signs.differing_middles, reference_size);
    warnings.push_back("On " + percent(registration.layout_differs) + " of the common board the layout differs" +
                       (part.empty() ? "" : ", in " + part) + ": it may be another revision, or covered there.");
  }
  return warnings;
}

Registration described(const Candidate& candidate, const Parts& reference, const BoardImage& sample) {
  Registration registration{.confidence = candidate.confidence, .inliers = candidate.inliers};
  const PlaneMap& map = candidate.fit.plane.map;
  registration.mirrored = candidate.mirrored;
  registration.plane = candidate.mirrored ? flipped_sample(map, sample.size()) : map;
  describe_places(registration, candidate, sample.size());
  const View view = view_of(registration.plane, middle_of(candidate.fit.matches));
  registration.rotation_deg = view.rotation_deg;
  registration.scale = view.scale;
  registration.tilt_deg = view.tilt_deg;
  registration.places = candidate.signs.places;
  registration.confirmed = candidate.signs.confirmed;
  registration.by_chance = candidate.signs.by_chance;
  registration.layout_differs = 1 - candidate.signs.agreeing;
  registration.stability_px = candidate.signs.stability * candidate.fit.unit_px;
  registration.overlap = overlap_share(reference.size, sample, registration.plane);
  registration.reason = candidate.objection;
  registration.status = candidate.accepted() ? RegistrationStatus::aligned : RegistrationStatus::not_comparable;
  if (candidate.accepted()) {
    registration.warnings = warnings_about(registration, candidate, reference.size);
  }
  return registration;
}

}  // namespace

std::string_view name_of(RegistrationStatus status) {
  return status == RegistrationStatus::aligned ? "aligned" : "not_comparable";
}

std::vector<OptionProblem> problems(const RegistrationOptions& options) {
  return OptionRules()
      .within("--registration.max-side-px", options.max_side_px, 256, 20000)
      .within("--registration.max-features", options.max_features, 100, 100000)
      .within("--registration.min-inliers", options.min_inliers, 8, 100000)
      .within("--registration.max-tilt-deg", options.max_tilt_deg, 0, 75)
      .problems();
}

PreparedReference::PreparedReference(const BoardImage& reference, Modality modality,
                                     const RegistrationOptions& options) {
  auto parts = std::make_shared<Parts>();
  parts->size = reference.size();
  parts->modality = modality;
  parts->options = options;
  parts->problem = unusable(reference, "reference");
  if (parts->problem.empty()) {
    parts->features = feature_picture(reference, modality, options);
    find_few(parts->features, options);
    parts->pyramid = grey_pyramid(reference, modality);
    parts->places = places_of(parts->pyramid);
    if (parts->features.few.points.size() < kLeastFeatures) {
      parts->problem = without_detail("reference");
    }
  }
  parts_ = std::move(parts);
}

Registration register_to_reference(const PreparedReference& reference, const BoardImage& sample,
                                   const Execution& execution) {
  execution.begin("registering");
  const Parts& parts = reference.parts();
  for (const std::string& reason : {parts.problem, unusable(sample, "sample")}) {
    if (!reason.empty()) {
      return refused(reason);
    }
  }
  SamplePicture picture{.features = feature_picture(sample, parts.modality, parts.options)};
  find_few(picture.features, parts.options);
  if (picture.features.few.points.size() < kLeastFeatures) {
    return refused(without_detail("sample"));
  }
  picture.pyramid = grey_pyramid(sample, parts.modality);
  const std::optional<Candidate> best = best_candidate(parts, picture);
  if (!best) {
    return refused("too few common details: the sample does not seem to show the reference's board");
  }
  return described(*best, parts, sample);
}

Registration register_to_reference(const BoardImage& reference, const BoardImage& sample, Modality modality,
                                   const RegistrationOptions& options, const Execution& execution) {
  return register_to_reference(PreparedReference(reference, modality, options), sample, execution);
}

}  // namespace boarddiff::imaging
