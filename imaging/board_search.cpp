// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_search.h"

#include "imaging/base/error.h"
#include "imaging/digest.h"
#include "imaging/homography_fit.h"

#include <Eigen/LU>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace boarddiff::imaging {

namespace {

// Share of the longer side by which inliers may miss a homography; the lens of a phone bends a board by about as much.
constexpr double kFeatureTolerance = 0.002;
constexpr std::size_t kLeastFeatures = 20;

// Most boards are found on pictures of this share of the full side with this share of the features.
constexpr double kSmall = 0.4;
constexpr double kFewer = 0.4;

int few_features(const RegistrationOptions& options) { return static_cast<int>(kFewer * options.max_features); }

cv::Mat1b flipped(const cv::Mat1b& picture) {
  cv::Mat1b result;
  if (!picture.empty()) {
    cv::flip(picture, result, 1);
  }
  return result;
}

GreyPicture flipped(const GreyPicture& picture) {
  return {.pixels = flipped(picture.pixels), .scale_x = picture.scale_x, .scale_y = picture.scale_y};
}

SearchPicture flipped(const SearchPicture& picture, const RegistrationOptions& options) {
  SearchPicture result{.features = {.full = flipped(picture.features.full), .small = flipped(picture.features.small)},
                       .pyramid = {.usable = flipped(picture.pyramid.usable)}};
  for (const cv::Mat1b& level : picture.pyramid.levels) {
    result.pyramid.levels.push_back(flipped(level));
  }
  result.features.few = find_features(result.features.small, few_features(options));
  return result;
}

// Pixels of a grey picture from those of the board image.
Eigen::Matrix3d grey_from_full(const GreyPicture& picture) {
  Eigen::Matrix3d matrix;
  matrix << picture.scale_x, 0, 0.5 * (picture.scale_x - 1), 0, picture.scale_y, 0.5 * (picture.scale_y - 1), 0, 0, 1;
  return matrix;
}

// Features of the sample as it is seen in the reference's view, of the size of `reference`; their places are the
// sample's own.
Features straightened_features(const GreyPicture& sample, const GreyPicture& reference, const PlaneMap& map,
                               int max_features) {
  const Eigen::Matrix3d warp = grey_from_full(sample) * map.sample_from_reference * grey_from_full(reference).inverse();
  cv::Matx33d matrix;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      matrix(row, column) = warp(row, column);
    }
  }
  // Where the view has fewer pixels than the sample, these are averaged before.
  const Point middle((reference.pixels.cols - 1) / 2.0, (reference.pixels.rows - 1) / 2.0);
  const Point at = (warp * middle.homogeneous()).hnormalized();
  double step = 0;
  for (const Point& beside : {Point(1, 0), Point(0, 1)}) {
    const Point there = (warp * Point(middle + beside).homogeneous()).hnormalized();
    step = std::max(step, (there - at).norm());
  }
  cv::Mat1b smooth = sample.pixels;
  if (step > 1.2) {
    cv::GaussianBlur(sample.pixels, smooth, {}, 0.5 * std::sqrt(std::min(step, 20.0) * std::min(step, 20.0) - 1));
  }
  GreyPicture seen{.scale_x = reference.scale_x, .scale_y = reference.scale_y};
  cv::warpPerspective(smooth, seen.pixels, matrix, reference.pixels.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP);
  Features features = find_features(seen, max_features);
  for (Point& point : features.points) {
    point = Point((map.sample_from_reference * point.homogeneous()).hnormalized());
  }
  return features;
}

// Both pictures' features of one size.
struct FeaturePair {
  const Features& reference;
  const Features& sample;
};

// Pairs of features to a fit; nothing when they do not agree on any view of the board.
std::optional<FitCandidate> candidate_from(const FitScene& scene, const FeaturePair& features) {
  if (std::min(features.reference.points.size(), features.sample.points.size()) < kLeastFeatures) {
    return {};
  }
  const cv::Size size = scene.sample.levels.front().size();
  const double tolerance_px = kFeatureTolerance * std::max(size.width, size.height);
  const auto fit =
      fit_homography(match_features(features.reference, features.sample), tolerance_px, scene.options.seed);
  if (!fit || static_cast<int>(fit->inliers.size()) < scene.options.min_inliers) {
    return {};
  }
  const PlaneMap start = plane_through(*fit, scene.reference.levels.front().size(), size, tolerance_px);
  std::vector<Point> known;
  for (const PointPair& pair : fit->inliers) {
    known.push_back(pair.reference);
  }
  FitCandidate candidate = fit_candidate(scene, start, std::move(known));
  candidate.inliers = static_cast<int>(fit->inliers.size());
  return candidate.accepted() ? against_rivals(scene, std::move(candidate)) : candidate;
}

// Features are recognised up to about this much foreshortening, and straightening has nothing to gain below it.
bool wants_straightening(const FitCandidate& candidate, const RegistrationOptions& options) {
  constexpr double kLeastTilt_deg = 15;
  const View view = view_of(candidate.fit.plane.map, candidate.fit.matches);
  return view.tilt_deg >= kLeastTilt_deg && view.tilt_deg <= options.max_tilt_deg;
}

// The best so far: accepted ones first, then as good as its signs.
class Best {
 public:
  // Whether the search is over.
  bool consider(const std::optional<FitCandidate>& candidate) {
    if (candidate && (!best_ || rank(*candidate) > rank(*best_))) {
      best_ = candidate;
    }
    return best_ && best_->accepted();
  }
  [[nodiscard]] std::optional<FitCandidate> result() && { return std::move(best_); }

 private:
  static std::pair<bool, double> rank(const FitCandidate& candidate) {
    return {candidate.accepted(), candidate.confidence};
  }
  std::optional<FitCandidate> best_ = {};
};

// The sample as it is with one size of features, then straightened. Whether the search is over.
bool try_size(const FitScene& scene, const FeaturePair& features, const GreyPicture& reference,
              const GreyPicture& sample, int max_features, Best& best) {
  const std::optional<FitCandidate> first = candidate_from(scene, features);
  if (best.consider(first)) {
    return true;
  }
  if (!first || !wants_straightening(*first, scene.options)) {
    return false;
  }
  const Features straightened = straightened_features(sample, reference, first->fit.plane.map, max_features);
  return best.consider(candidate_from(scene, {features.reference, straightened}));
}

}  // namespace

FeatureOrigin origin_of(const FeaturePicture& picture, const BoardImage& image, Modality modality,
                        const RegistrationOptions& options) {
  const cv::Mat1b& pixels = picture.small.pixels;
  require(pixels.isContinuous(), "origin_of: the picture lies in one piece");
  return {.method = feature_method(),
          .size = image.size(),
          .modality = modality,
          .max_side_px = options.max_side_px,
          .max_features = options.max_features,
          .grey_sha256 = sha256_hex(std::as_bytes(std::span(pixels.data, pixels.total())))};
}

FeaturePicture feature_picture(const BoardImage& image, Modality modality, const RegistrationOptions& options,
                               const std::optional<PreparedFeatures>& prepared) {
  FeaturePicture picture{.full = grey_picture(image, modality, options.max_side_px)};
  picture.small = shrunk(picture.full, static_cast<int>(kSmall * options.max_side_px));
  if (prepared && prepared->origin == origin_of(picture, image, modality, options)) {
    picture.few = prepared->features;
  } else {
    picture.few = find_features(picture.small, few_features(options));
  }
  return picture;
}

bool has_detail(const FeaturePicture& picture) { return picture.few.points.size() >= kLeastFeatures; }

std::optional<FitCandidate> search_board(const SearchPicture& reference, const ReferencePlaces& places,
                                         const SearchPicture& sample, Modality modality,
                                         const RegistrationOptions& options) {
  Best best;
  Features reference_many;
  const auto try_sample = [&](const SearchPicture& picture, bool mirrored) {
    const FitScene scene{reference.pyramid, places, picture.pyramid, modality, mirrored, options};
    if (try_size(scene, {reference.features.few, picture.features.few}, reference.features.small, picture.features.full,
                 few_features(options), best)) {
      return true;
    }
    if (reference_many.points.empty()) {
      reference_many = find_features(reference.features.full, options.max_features);
    }
    const Features many = find_features(picture.features.full, options.max_features);
    return try_size(scene, {reference_many, many}, reference.features.full, picture.features.full, options.max_features,
                    best);
  };
  if (!try_sample(sample, false)) {
    try_sample(flipped(sample, options), true);
  }
  return std::move(best).result();
}

}  // namespace boarddiff::imaging
