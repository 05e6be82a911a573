// SPDX-License-Identifier: Apache-2.0
#include "imaging/registration.h"

#include "imaging/alignment_refine.h"
#include "imaging/base/text.h"
#include "imaging/features.h"
#include "imaging/grey_picture.h"
#include "imaging/homography_fit.h"

#include <Eigen/LU>
#include <Eigen/SVD>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace boarddiff::imaging {

namespace {

constexpr int kLeastSide = 64;  // px; below it there is no room for a component

// Share of the longer side by which inliers may miss a homography; the lens of a phone bends a board by about as much.
constexpr double kFeatureTolerance = 0.002;
constexpr std::size_t kLeastFeatures = 20;

// Same board, seen again under other light: 0.7 to 1.0 of the cells agree; a fit forced onto another board: up to 0.35.
constexpr double kLeastAgreement = 0.5;
constexpr int kLeastCells = 6;

constexpr std::size_t kLeastMeasured = 8;  // pairs; a homography has eight unknowns

// First-order behaviour of the map at a point: how a step in the reference moves the sample.
Eigen::Matrix2d jacobian_at(const PlaneMap& map, const Point& point_in_reference) {
  Eigen::Matrix2d jacobian;
  jacobian.col(0) =
      (to_sample(map, point_in_reference + Point(1, 0)) - to_sample(map, point_in_reference - Point(1, 0))) / 2;
  jacobian.col(1) =
      (to_sample(map, point_in_reference + Point(0, 1)) - to_sample(map, point_in_reference - Point(0, 1))) / 2;
  return jacobian;
}

Polygon hull_of(const std::vector<PointPair>& pairs) {
  std::vector<cv::Point2f> points;
  points.reserve(pairs.size());
  for (const PointPair& pair : pairs) {
    points.emplace_back(static_cast<float>(pair.reference.x()), static_cast<float>(pair.reference.y()));
  }
  std::vector<cv::Point2f> hull;
  cv::convexHull(points, hull);
  Polygon polygon;
  polygon.reserve(hull.size());
  for (const cv::Point2f& corner : hull) {
    polygon.push_back({corner.x, corner.y});
  }
  return polygon;
}

Point middle_of(const std::vector<PointPair>& pairs) {
  Point sum = Point::Zero();
  for (const PointPair& pair : pairs) {
    sum += pair.reference;
  }
  return sum / static_cast<double>(pairs.size());
}

double degrees(double radians) { return radians * 180 / std::numbers::pi; }

// Rotation, scale and tilt of the view, read off the map where the pictures agree.
void describe_view(Registration& registration, const Point& middle_in_reference) {
  const Eigen::Matrix2d jacobian = jacobian_at(registration.plane, middle_in_reference);
  const Eigen::JacobiSVD<Eigen::Matrix2d> svd(jacobian, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix2d turn = svd.matrixU() * svd.matrixV().transpose();
  registration.rotation_deg = degrees(std::atan2(-turn(1, 0), turn(0, 0)));  // y points down
  registration.scale = std::sqrt(std::abs(jacobian.determinant()));
  registration.tilt_deg = degrees(std::acos(std::clamp(svd.singularValues()(1) / svd.singularValues()(0), 0.0, 1.0)));
  registration.mirrored = jacobian.determinant() < 0;
}

// `sample_px` is the size of a pixel of the pictures that the pairs were measured in.
void describe_residuals(Registration& registration, const std::vector<PointPair>& pairs, double sample_px) {
  const double on_the_plane = 4 * sample_px;  // what lies further off is a tall part, not the fit's error
  std::vector<double> residuals;
  for (const PointPair& pair : pairs) {
    const double residual = (to_sample(registration.plane, pair.reference) - pair.sample).norm();
    if (residual <= on_the_plane) {
      residuals.push_back(residual);
    }
  }
  if (residuals.empty()) {
    registration.residual_median_px = registration.residual_p95_px = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  std::sort(residuals.begin(), residuals.end());
  registration.residual_median_px = residuals[residuals.size() / 2];
  registration.residual_p95_px = residuals[residuals.size() * 95 / 100];
}

Registration refused(const std::string& reason) {
  Registration registration;
  registration.reason = reason;
  return registration;
}

// Why pictures cannot be compared before anything is matched; empty when they may be.
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

// A homography from features, or why there is none.
struct FirstFit {
  HomographyFit fit = {};
  double tolerance_px = 0;  // of the inliers, pixels of the sample
  std::string reason = {};
};

FirstFit fit_features(const GreyPicture& grey_reference, const GreyPicture& grey_sample,
                      const RegistrationOptions& options) {
  // Both at once: one picture alone does not keep two processors busy.
  Features in_reference;
  Features in_sample;
  cv::parallel_for_(cv::Range(0, 2), [&](const cv::Range& pictures) {
    for (int picture = pictures.start; picture < pictures.end; ++picture) {
      (picture == 0 ? in_reference : in_sample) =
          find_features(picture == 0 ? grey_reference : grey_sample, options.max_features);
    }
  });
  if (std::min(in_reference.points.size(), in_sample.points.size()) < kLeastFeatures) {
    return {.reason = std::string("the ") + (in_reference.points.size() < kLeastFeatures ? "reference" : "sample") +
                      " picture shows too little detail to recognise a board"};
  }
  FirstFit first{.tolerance_px = kFeatureTolerance * std::max(grey_sample.pixels.cols, grey_sample.pixels.rows) /
                                 grey_sample.scale_x};
  first.fit = fit_homography(match_features(in_reference, in_sample), first.tolerance_px, options.seed)
                  .value_or(HomographyFit{});
  if (static_cast<int>(first.fit.inliers.size()) < options.min_inliers) {
    first.reason = "too few common details: the sample does not seem to show the reference's board";
  }
  return first;
}

// Small pictures first: where a board fills them both they suffice, and cost a third.
FirstFit first_fit(const GreyPicture& grey_reference, const GreyPicture& grey_sample,
                   const RegistrationOptions& options) {
  constexpr double kSmall = 0.625;  // of the full side
  constexpr int kEvident = 4;       // times the least number of inliers: no need to look closer
  const int small_side = static_cast<int>(kSmall * options.max_side_px);
  const GreyPicture small_reference = shrunk(grey_reference, small_side);
  const GreyPicture small_sample = shrunk(grey_sample, small_side);
  FirstFit small = fit_features(small_reference, small_sample, options);
  const bool same_pictures = small_reference.pixels.size() == grey_reference.pixels.size() &&
                             small_sample.pixels.size() == grey_sample.pixels.size();
  if (same_pictures || static_cast<int>(small.fit.inliers.size()) >= kEvident * options.min_inliers) {
    return small;
  }
  FirstFit full = fit_features(grey_reference, grey_sample, options);
  return full.fit.inliers.size() > small.fit.inliers.size() ? full : small;
}

// Sub-pixel fit on the pictures, in rounds: each starts from a better map, so tall parts stand out more clearly and
// count less. The first is wide, since features may have agreed on the plane of the parts' tops.
PlaneMap refined(const GreyPicture& reference, const GreyPicture& sample, const std::vector<PointPair>& inliers,
                 const PlaneMap& start, const cv::Size& reference_size, std::vector<PointPair>& measured) {
  PlaneMap map = start;
  for (const double scale_px : {6.0, 2.0, 1.0}) {
    measured = measure_pairs(reference, sample, map);
    if (measured.size() < std::max(kLeastMeasured, inliers.size() / 4)) {
      measured = inliers;  // too little could be followed: what the features say is worth more
    }
    map = fit_plane_map(measured, map.sample_from_reference, reference_size, scale_px / sample.scale_x);
  }
  return map;
}

double overlap_share(const BoardImage& reference, const BoardImage& sample, const PlaneMap& map) {
  const cv::Size reference_size = reference.size();
  const double scale = std::min(1.0, 200.0 / std::max(reference_size.width, reference_size.height));
  const cv::Size small(std::max(1, cvRound(reference_size.width * scale)),
                       std::max(1, cvRound(reference_size.height * scale)));
  const cv::Mat1b seen = seen_in_reference(sample.size(), sample.usable, map, small, scale);
  return cv::countNonZero(seen) / static_cast<double>(small.area());
}

std::string disagreement(const Agreement& agreement) {
  return "laid over each other the pictures agree in only " + fixed_text(100 * agreement.share, 0) +
         " % of the places; they seem to show different boards";
}

// What speaks against the fit, in words; empty when nothing does.
std::string objection(const Registration& registration, const Agreement& agreement,
                      const RegistrationOptions& options) {
  if (registration.mirrored) {
    return "the sample agrees with the reference only as in a mirror; it may show the other side";
  }
  // Negated, so that what is no number is refused too.
  if (!(registration.tilt_deg <= options.max_tilt_deg)) {
    return "the only fit found needs a tilt of " + fixed_text(registration.tilt_deg, 0) +
           " degrees; the pictures seem to show different boards";
  }
  if (!(registration.scale >= 1.0 / 6 && registration.scale <= 6)) {
    return "the only fit found needs a scale of " + fixed_text(registration.scale, 2) +
           "; the pictures seem to show different boards";
  }
  if (agreement.cells < kLeastCells || !std::isfinite(registration.residual_median_px)) {
    return "too little detail in the part that both pictures show";
  }
  if (agreement.share < kLeastAgreement) {
    return disagreement(agreement);
  }
  return {};
}

// Few matches may agree in one corner alone, by holes and outlines that other boards of the maker share: then the rest
// of the board has to agree as well. Many matches are believed, since a cluttered table never agrees.
std::string objection_by_rest(const Registration& registration, const Agreement& everywhere) {
  constexpr int kManyInliers = 100;
  constexpr double kLeastEverywhere = 0.4;
  const bool believed = registration.inliers >= kManyInliers || everywhere.share >= kLeastEverywhere;
  return believed ? "" : disagreement(everywhere);
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

Registration register_to_reference(const BoardImage& reference, const BoardImage& sample, Modality modality,
                                   const RegistrationOptions& options, const Execution& execution) {
  execution.begin("registering");
  for (const std::string& reason : {unusable(reference, "reference"), unusable(sample, "sample")}) {
    if (!reason.empty()) {
      return refused(reason);
    }
  }
  const GreyPicture grey_reference = grey_picture(reference, modality, options.max_side_px);
  const GreyPicture grey_sample = grey_picture(sample, modality, options.max_side_px);
  const FirstFit first = first_fit(grey_reference, grey_sample, options);
  if (!first.reason.empty()) {
    return refused(first.reason);
  }
  Registration registration;
  registration.inliers = static_cast<int>(first.fit.inliers.size());
  const PlaneMap start =
      fit_plane_map(first.fit.inliers, first.fit.sample_from_reference, reference.size(), first.tolerance_px);
  std::vector<PointPair> measured;
  registration.plane = refined(grey_reference, grey_sample, first.fit.inliers, start, reference.size(), measured);
  describe_view(registration, middle_of(first.fit.inliers));
  describe_residuals(registration, measured, 1 / grey_sample.scale_x);
  registration.overlap = overlap_share(reference, sample, registration.plane);
  const Agreement agreement =
      measure_agreement(grey_reference, grey_sample, registration.plane, hull_of(first.fit.inliers));
  registration.reason = objection(registration, agreement, options);
  if (registration.reason.empty()) {
    const cv::Size full = reference.size();
    const Polygon everywhere = corners({.width = double(full.width), .height = double(full.height)});
    registration.reason =
        objection_by_rest(registration, measure_agreement(grey_reference, grey_sample, registration.plane, everywhere));
  }
  registration.status = registration.reason.empty() ? RegistrationStatus::aligned : RegistrationStatus::not_comparable;
  return registration;
}

}  // namespace boarddiff::imaging
