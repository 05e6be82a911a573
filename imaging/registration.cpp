// SPDX-License-Identifier: Apache-2.0
#include "imaging/registration.h"

#include "imaging/base/text.h"
#include "imaging/board_search.h"
#include "imaging/fit_candidate.h"
#include "imaging/fit_check.h"
#include "imaging/xray_plane.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace boarddiff::imaging {

namespace {

constexpr int kLeastSide = 80;  // px; below it there is no room for places on all sides

// Share of the squares that may differ before it is said. In slanted views, and from other distances, boards full of
// tall parts differ from themselves by more.
constexpr double kRevised = 0.15;
constexpr double kAlikeTilt_deg = 15;
constexpr double kAlikeScale = 2;

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

}  // namespace

struct PreparedReference::Parts {
  std::string problem = {};  // why no sample can be registered to it
  cv::Size size = {};
  Modality modality = Modality::photo;
  RegistrationOptions options = {};
  SearchPicture picture = {};
  ReferencePlaces places = {};
};

namespace {

using Parts = PreparedReference::Parts;

double overlap_share(const cv::Size& reference_size, const BoardImage& sample, const PlaneMap& map) {
  const double scale = std::min(1.0, 200.0 / std::max(reference_size.width, reference_size.height));
  const cv::Size small(std::max(1, cvRound(reference_size.width * scale)),
                       std::max(1, cvRound(reference_size.height * scale)));
  const cv::Mat1b seen = seen_in_reference(sample.size(), sample.usable, map, small, scale);
  return cv::countNonZero(seen) / static_cast<double>(small.area());
}

// Whether the pictures belong together was decided on all places; how they lie is said of the front's copper.
void put_on_front(BoardFit& fit, const cv::Size& reference_size, const cv::Size& sample_size) {
  constexpr double kFar = 5;  // px of the level that places were found at: some millimetres at usual tilts
  const auto front = front_plane(fit.matches, fit.plane.map, reference_size, sample_size, kFar * fit.unit_px);
  if (front) {
    fit.plane = *front;
  }
}

void describe_places(Registration& registration, const FitCandidate& candidate, const cv::Size& sample_size) {
  const BoardFit& fit = candidate.fit;
  for (std::size_t i = 0; i < fit.matches.size(); ++i) {
    const PlaceMatch& match = fit.matches[i];
    const Point displacement = match.sample - to_sample(fit.plane.map, match.reference);
    if (!displacement.allFinite()) {
      continue;
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
  const std::vector<double> residuals = residuals_px_of(fit);
  if (!residuals.empty()) {
    registration.residual_median_px = residuals[residuals.size() / 2];
    registration.residual_p95_px = residuals[residuals.size() * 95 / 100];
  }
  registration.parallax = fit.parallax;
  if (candidate.mirrored) {
    Eigen::Vector3d& epipole = registration.parallax.epipole_in_sample;
    epipole.x() = (sample_size.width - 1) * epipole.z() - epipole.x();
  }
}

std::vector<std::string> warnings_about(const Registration& registration, const FitCandidate& candidate,
                                        const cv::Size& reference_size) {
  std::vector<std::string> warnings;
  if (registration.mirrored) {
    warnings.emplace_back("The sample is mirrored: it was compared as seen in a mirror.");
  }
  const bool alike_views = registration.tilt_deg < kAlikeTilt_deg && registration.scale < kAlikeScale &&
                           registration.scale > 1 / kAlikeScale;
  if (alike_views && 1 - registration.signs.agreeing > kRevised) {
    const std::string part = part_in_words(candidate.squares.differing, reference_size);
    warnings.push_back(
        "On " + percent_text(1 - registration.signs.agreeing) + " of the common board" +
        (part.empty() ? "" : ", in " + part) +
        ", hardly a place was found again: it may be another revision, covered there, or in quite another "
        "light.");
  }
  return warnings;
}

Registration described(const FitCandidate& candidate, const Parts& reference, const BoardImage& sample) {
  Registration registration{.confidence = candidate.confidence, .inliers = candidate.inliers};
  const PlaneMap& map = candidate.fit.plane.map;
  registration.mirrored = candidate.mirrored;
  registration.plane = candidate.mirrored ? flipped_sample(map, sample.size()) : map;
  describe_places(registration, candidate, sample.size());
  const View view = view_of(registration.plane, candidate.fit.matches);
  registration.rotation_deg = view.rotation_deg;
  registration.scale = view.scale;
  registration.tilt_deg = view.tilt_deg;
  registration.signs = candidate.signs;
  registration.stability_px = candidate.stability_px;
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

std::optional<PreparedFeatures> prepare_features(const BoardImage& reference, Modality modality,
                                                 const RegistrationOptions& options) {
  if (!unusable(reference, "reference").empty()) {
    return {};
  }
  FeaturePicture picture = feature_picture(reference, modality, options);
  FeatureOrigin origin = origin_of(picture, reference, modality, options);
  return PreparedFeatures{.features = std::move(picture.few), .origin = std::move(origin)};
}

PreparedReference::PreparedReference(const BoardImage& reference, Modality modality, const RegistrationOptions& options,
                                     const std::optional<PreparedFeatures>& prepared) {
  auto parts = std::make_shared<Parts>();
  parts->size = reference.size();
  parts->modality = modality;
  parts->options = options;
  parts->problem = unusable(reference, "reference");
  if (parts->problem.empty()) {
    parts->picture.features = feature_picture(reference, modality, options, prepared);
    parts->picture.pyramid = grey_pyramid(reference, modality);
    parts->places = places_of(parts->picture.pyramid);
    if (!has_detail(parts->picture.features)) {
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
  SearchPicture picture{.features = feature_picture(sample, parts.modality, parts.options)};
  if (!has_detail(picture.features)) {
    return refused(without_detail("sample"));
  }
  picture.pyramid = grey_pyramid(sample, parts.modality);
  std::optional<FitCandidate> best = search_board(parts.picture, parts.places, picture, parts.modality, parts.options);
  if (!best) {
    return refused("too few common details: the sample does not seem to show the reference's board");
  }
  // From its back a board has its heights the other way round: which layer is the front's is not known.
  if (best->accepted() && parts.modality == Modality::xray && !best->mirrored) {
    put_on_front(best->fit, parts.size, sample.size());
  }
  return described(*best, parts, sample);
}

Registration register_to_reference(const BoardImage& reference, const BoardImage& sample, Modality modality,
                                   const RegistrationOptions& options, const Execution& execution) {
  return register_to_reference(PreparedReference(reference, modality, options), sample, execution);
}

}  // namespace boarddiff::imaging
