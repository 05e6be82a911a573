// SPDX-License-Identifier: Apache-2.0
#include "imaging/lay_xray.h"

#include "imaging/base/error.h"
#include "imaging/board_corners.h"
#include "imaging/board_outline.h"
#include "imaging/edge_channels.h"
#include "imaging/edge_match.h"
#include "imaging/grey_picture.h"
#include "imaging/homography_fit.h"
#include "imaging/open_beam.h"
#include "imaging/plane_fit.h"

#include <Eigen/LU>
#include <opencv2/calib3d.hpp>
#include <opencv2/core/eigen.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <vector>

namespace boarddiff::imaging {
namespace {

using Corners = std::array<Point, 4>;

// Longer side of the photograph, from coarse to fine, and how far places may lie from where they are expected.
struct Level {
  int side_px = 0;
  int reach_px = 0;
};
constexpr std::array<Level, 3> kLevels{{{300, 10}, {600, 7}, {1200, 7}}};
constexpr double kTolerance_px = 2;  // of the level

// A board on another board, or the wrong way round, has at most a third of the places agree at the coarsest level and a
// fifth at the finest; the right way has two thirds and two fifths at least (tests/acceptance/laying_trials).
constexpr double kLeastCoarse = 0.5;
constexpr double kLeastFine = 0.3;
constexpr std::size_t kLeastPlaces = 20;

// Grey pictures at the finest level.
struct Pictures {
  GreyPicture photo = {};
  GreyPicture xray = {};
};

// Full pixels from those of the picture.
Eigen::Matrix3d full_from(const GreyPicture& picture) {
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  matrix(0, 0) = 1 / picture.scale_x;
  matrix(1, 1) = 1 / picture.scale_y;
  matrix(0, 2) = 0.5 / picture.scale_x - 0.5;
  matrix(1, 2) = 0.5 / picture.scale_y - 0.5;
  return matrix;
}

std::optional<Corners> full_corners(const cv::Mat1b& board, const GreyPicture& picture) {
  std::optional<Corners> corners = board_corners(board);
  if (corners) {
    for (Point& corner : *corners) corner = apply(full_from(picture), corner);
  }
  return corners;
}

std::optional<Corners> corners_on_photo(const BoardImage& photo, const GreyPicture& grey) {
  cv::Mat small;
  cv::resize(photo.pixels, small, grey.pixels.size(), 0, 0, cv::INTER_AREA);
  small.convertTo(small, CV_32F, small.depth() == CV_16U ? 1.0 / 65535 : 1.0 / 255);
  return full_corners(find_board(small), grey);
}

std::optional<Corners> corners_on_xray(const BoardImage& xray, const GreyPicture& grey) {
  cv::Mat1f attenuation;
  xray.pixels.convertTo(attenuation, CV_32F, 1.0 / 65535);
  cv::resize(attenuation, attenuation, grey.pixels.size(), 0, 0, cv::INTER_AREA);
  cv::log(cv::max(attenuation, 1e-4), attenuation);
  return full_corners(cv::Mat1b(~find_open_beam(cv::Mat1f(-attenuation))), grey);
}

// Where there is detail: a board also where it is as dark as the table, if that is plain.
std::optional<Corners> corners_by_detail(const GreyPicture& grey) {
  constexpr double kJoined = 0.02;  // of the longer side: gaps between details
  std::vector<cv::Mat1f> channels;
  cv::split(edge_channels(grey.pixels), channels);
  cv::Mat1f strongest = channels[0];
  for (const cv::Mat1f& channel : channels) strongest = cv::max(strongest, channel);
  cv::Mat1b detail(strongest > 0.5F);
  const int side = 2 * cvRound(kJoined / 2 * std::max(detail.cols, detail.rows)) + 1;
  const cv::Mat joining = cv::getStructuringElement(cv::MORPH_RECT, {side, side});
  cv::morphologyEx(detail, detail, cv::MORPH_CLOSE, joining);
  cv::morphologyEx(detail, detail, cv::MORPH_OPEN, joining);
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(detail, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  detail.setTo(0);
  cv::drawContours(detail, outlines, -1, 255, cv::FILLED);
  return full_corners(detail, grey);
}

std::optional<Eigen::Matrix3d> homography_through(const Corners& from, const Corners& to) {
  std::vector<cv::Point2f> a;
  std::vector<cv::Point2f> b;
  for (std::size_t i = 0; i < from.size(); ++i) {
    a.emplace_back(static_cast<float>(from[i].x()), static_cast<float>(from[i].y()));
    b.emplace_back(static_cast<float>(to[i].x()), static_cast<float>(to[i].y()));
  }
  const cv::Mat found = cv::getPerspectiveTransform(a, b);
  if (found.empty() || !cv::checkRange(found)) {
    return {};
  }
  Eigen::Matrix3d matrix;
  cv::cv2eigen(found, matrix);
  return matrix;
}

// The ways in which four corners can lie on four others, mirrored ones last.
std::vector<Eigen::Matrix3d> ways(const Corners& photo, const Corners& xray) {
  std::vector<Eigen::Matrix3d> found;
  for (const bool mirrored : {false, true}) {
    for (std::size_t turn = 0; turn < xray.size(); ++turn) {
      Corners to;
      for (std::size_t i = 0; i < to.size(); ++i) {
        to[i] = xray[(turn + (mirrored ? xray.size() - i : i)) % xray.size()];
      }
      if (const auto way = homography_through(photo, to)) found.push_back(*way);
    }
  }
  return found;
}

// How many pixels of the X-ray one of the other picture is, in the middle of what is nearly square to the board.
double mean_step(const Eigen::Matrix3d& xray_from_other) {
  return std::sqrt(std::abs(xray_from_other.topLeftCorner<2, 2>().determinant()));
}

// The X-ray on the photograph, as fine as that is.
cv::Mat1b laid_on(const cv::Size& photo, const cv::Mat1b& xray, const Eigen::Matrix3d& xray_from_photo) {
  cv::Mat homography;
  cv::eigen2cv(xray_from_photo, homography);
  const double step = mean_step(xray_from_photo);
  cv::Mat1b smooth = xray;
  if (step > 1) {
    smooth = cv::Mat1b();
    cv::GaussianBlur(xray, smooth, {}, 0.5 * std::min(step, 20.0));
  }
  cv::Mat1b laid;
  cv::warpPerspective(smooth, laid, homography, photo, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  return laid;
}

// One way in which the X-ray may lie, and which places agree.
struct Way {
  Eigen::Matrix3d xray_from_photo = Eigen::Matrix3d::Identity();  // full pixels
  std::vector<PointPair> places = {};                             // full pixels
  std::vector<PointPair> agreeing = {};                           // of them
  double tolerance_px = 0;                                        // of the X-ray

  [[nodiscard]] double share() const {
    return places.size() < kLeastPlaces ? 0 : static_cast<double>(agreeing.size()) / static_cast<double>(places.size());
  }
};

cv::Mat1b inside(const Corners& corners, const GreyPicture& picture) {
  std::vector<cv::Point> outline;
  for (const Point& corner : corners) {
    const Point here = apply(full_from(picture).inverse(), corner);
    outline.emplace_back(cvRound(here.x()), cvRound(here.y()));
  }
  cv::Mat1b mask(picture.pixels.size(), uchar{0});
  cv::fillConvexPoly(mask, outline, 255);
  return mask;
}

// `corners` of the photograph.
Way refined(const Pictures& pictures, const Corners& corners, const Eigen::Matrix3d& xray_from_photo,
            const Level& level) {
  const GreyPicture photo = shrunk(pictures.photo, level.side_px);
  const Eigen::Matrix3d xray_from_level = xray_from_photo * full_from(photo);
  const cv::Mat1b laid =
      laid_on(photo.pixels.size(), pictures.xray.pixels, full_from(pictures.xray).inverse() * xray_from_level);
  std::vector<PointPair> pairs;
  for (const EdgeMatch& match : match_edges(photo.pixels, laid, inside(corners, photo), level.reach_px)) {
    pairs.push_back(match.pair);
  }
  Way way{.xray_from_photo = xray_from_photo, .tolerance_px = kTolerance_px * mean_step(xray_from_level)};
  const auto in_full = [&](const PointPair& pair) {
    return PointPair{apply(full_from(photo), pair.reference), apply(xray_from_level, pair.sample)};
  };
  std::transform(pairs.begin(), pairs.end(), std::back_inserter(way.places), in_full);
  // In the frame of the photograph, where nothing is mirrored: the estimator takes mirrored samples for mistakes.
  if (const std::optional<HomographyFit> fit = fit_homography(pairs, kTolerance_px, 1)) {
    way.xray_from_photo = xray_from_level * fit->sample_from_reference * full_from(photo).inverse();
    std::transform(fit->inliers.begin(), fit->inliers.end(), std::back_inserter(way.agreeing), in_full);
  }
  return way;
}

// The best of the ways in which the corners can lie on each other, as fine as the pictures are.
Way best_way(const Pictures& pictures, const Corners& photo, const Corners& xray) {
  Way best;
  for (const Eigen::Matrix3d& way : ways(photo, xray)) {
    const Way tried = refined(pictures, photo, way, kLevels.front());
    if (tried.share() > best.share()) best = tried;
  }
  if (best.share() < kLeastCoarse) {
    return {};
  }
  for (std::size_t i = 1; i < kLevels.size(); ++i) {
    best = refined(pictures, photo, best.xray_from_photo, kLevels[i]);
  }
  return best.share() < kLeastFine ? Way{} : best;
}

// With the lens of the photograph, which bends the board's sides by more than the tolerance: what agrees without it
// lies in the middle, and every place counts for as much as it agrees.
PlaneMap with_lens(const Way& way, const cv::Size& photo, const cv::Size& xray) {
  constexpr int kRounds = 8;
  PlaneMap map = plane_through({way.xray_from_photo, way.agreeing}, photo, xray, way.tolerance_px);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<WeightedPair> weighted;
    for (const PointPair& pair : way.places) {
      const double astray = (to_sample(map, pair.reference) - pair.sample).norm() / way.tolerance_px;
      const double agrees = 1 / ((1 + astray * astray) * (1 + astray * astray));
      if (!std::isfinite(agrees)) continue;
      weighted.push_back({pair, agrees / (way.tolerance_px * way.tolerance_px) * Eigen::Matrix2d::Identity()});
    }
    map = fit_plane(weighted, map, photo, xray, {.with_residual = false});
  }
  return map;
}

int agreeing_with(const PlaneMap& map, const Way& way) {
  return static_cast<int>(std::count_if(way.places.begin(), way.places.end(), [&](const PointPair& pair) {
    return (to_sample(map, pair.reference) - pair.sample).norm() <= way.tolerance_px;
  }));
}

}  // namespace

XrayOnPhoto lay_xray_on_photo(const BoardImage& photo, const BoardImage& xray) {
  const Pictures pictures{.photo = grey_picture(photo, Modality::photo, kLevels.back().side_px),
                          .xray = grey_picture(xray, Modality::xray, kLevels.back().side_px)};
  const std::optional<Corners> on_xray = corners_on_xray(xray, pictures.xray);
  if (!on_xray) {
    return {.reason = "the X-ray does not show the four sides of the board"};
  }
  bool sides_seen = false;
  for (const auto& on_photo : {corners_on_photo(photo, pictures.photo), corners_by_detail(pictures.photo)}) {
    if (!on_photo) continue;
    sides_seen = true;
    const Way way = best_way(pictures, *on_photo, *on_xray);
    if (!way.places.empty()) {
      const PlaneMap plane = with_lens(way, photo.size(), xray.size());
      return {.found = true,
              .plane = plane,
              .places = static_cast<int>(way.places.size()),
              .agreeing = agreeing_with(plane, way)};
    }
  }
  return {.reason = sides_seen
                        ? "too little of what the X-ray shows is where the photograph shows it, whichever way it "
                          "is laid on the board's sides"
                        : "the photograph does not show the four sides of the board"};
}

XrayOnPhoto lay_xray_by_places(const std::vector<PointPair>& places, const cv::Size& photo, const cv::Size& xray) {
  constexpr double kLargestError = 0.02;  // of the X-ray's diagonal: more is a mistake in a place
  require(places.size() >= 4, "lay_xray_by_places: four places and more");
  const double tolerance_px = kLargestError * std::hypot(xray.width, xray.height);
  for (const bool mirrored : {false, true}) {
    Eigen::Matrix3d flip = Eigen::Matrix3d::Identity();
    if (mirrored) flip.row(0) << -1, 0, xray.width - 1;
    std::vector<PointPair> pairs = places;
    for (PointPair& pair : pairs) pair.sample = apply(flip, pair.sample);
    // Points on a line, or two in one place, settle no homography.
    const std::optional<HomographyFit> fit = fit_homography(pairs, tolerance_px, 1);
    if (fit && fit->inliers.size() == places.size()) {
      return {.found = true,
              .plane = plane_through({flip * fit->sample_from_reference, places}, photo, xray, kTolerance_px),
              .places = static_cast<int>(places.size()),
              .agreeing = static_cast<int>(places.size())};
    }
  }
  return {.reason = "the places that were named do not fit one view of a flat board"};
}

}  // namespace boarddiff::imaging
