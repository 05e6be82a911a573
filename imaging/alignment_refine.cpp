// SPDX-License-Identifier: Apache-2.0
#include "imaging/alignment_refine.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

// Both pictures in the reference's frame, at the grey reference's size.
struct AlignedGrey {
  cv::Mat1b sample = {};
  cv::Mat1b seen = {};
};

// The map between the two grey pictures' own pixels: a frame change on either side.
PlaneMap between_grey(const GreyPicture& reference, const GreyPicture& sample, const PlaneMap& map) {
  const auto grey_from_full = [](const GreyPicture& picture) {
    Eigen::Matrix3d result;
    result << picture.scale_x, 0, (picture.scale_x - 1) / 2, 0, picture.scale_y, (picture.scale_y - 1) / 2, 0, 0, 1;
    return result;
  };
  PlaneMap result;
  const Eigen::Matrix3d grey_from_reference = grey_from_full(reference);
  result.sample_from_reference = grey_from_full(sample) * map.sample_from_reference * grey_from_reference.inverse();
  result.residual.origin_in_reference = apply(grey_from_reference, map.residual.origin_in_reference);
  result.residual.half_side_px = map.residual.half_side_px * reference.scale_x;
  result.residual.shift_px = map.residual.shift_px;
  result.residual.shift_px.row(0) *= sample.scale_x;
  result.residual.shift_px.row(1) *= sample.scale_y;
  return result;
}

AlignedGrey aligned_grey(const GreyPicture& reference, const GreyPicture& sample, const PlaneMap& grey_map) {
  AlignedGrey aligned;
  aligned.sample = warp_to_reference(sample.pixels, grey_map, reference.pixels.size(), 1);
  aligned.seen = seen_in_reference(sample.pixels.size(), sample.usable, grey_map, reference.pixels.size(), 1);
  if (!reference.usable.empty()) {
    cv::bitwise_and(aligned.seen, reference.usable, aligned.seen);
  }
  cv::erode(aligned.seen, aligned.seen, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}), {-1, -1}, 1,
            cv::BORDER_CONSTANT, cv::Scalar(0));
  return aligned;
}

std::vector<cv::Point2f> spread_corners(const cv::Mat1b& picture, const cv::Mat1b& seen) {
  constexpr int kMost = 2500;
  const double apart = std::max(picture.cols, picture.rows) / 110.0;
  std::vector<cv::Point2f> corners;
  cv::goodFeaturesToTrack(picture, corners, kMost, 0.003, apart, seen, 5);
  return corners;
}

Point full_pixel(const cv::Point2f& at, const GreyPicture& picture) {
  return {(at.x + 0.5) / picture.scale_x - 0.5, (at.y + 0.5) / picture.scale_y - 0.5};
}

}  // namespace

std::vector<PointPair> measure_pairs(const GreyPicture& reference, const GreyPicture& sample, const PlaneMap& map) {
  constexpr float kMaxReturnError = 0.25F;  // px there and back
  const PlaneMap grey_map = between_grey(reference, sample, map);
  const AlignedGrey aligned = aligned_grey(reference, sample, grey_map);
  const std::vector<cv::Point2f> corners = spread_corners(reference.pixels, aligned.seen);
  if (corners.empty()) {
    return {};
  }
  const cv::Size window(15, 15);
  const cv::TermCriteria until(cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 30, 0.01);
  std::vector<cv::Point2f> there = corners;
  std::vector<cv::Point2f> back;
  std::vector<uchar> found_there;
  std::vector<uchar> found_back;
  cv::calcOpticalFlowPyrLK(reference.pixels, aligned.sample, corners, there, found_there, cv::noArray(), window, 2,
                           until);
  cv::calcOpticalFlowPyrLK(aligned.sample, reference.pixels, there, back, found_back, cv::noArray(), window, 2, until);
  std::vector<PointPair> pairs;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const cv::Point2f gap = back[i] - corners[i];
    if (found_there[i] == 0 || found_back[i] == 0 || std::hypot(gap.x, gap.y) > kMaxReturnError) {
      continue;
    }
    const Point in_sample = to_sample(map, full_pixel(there[i], reference));
    if (in_sample.allFinite()) {
      pairs.push_back({full_pixel(corners[i], reference), in_sample});
    }
  }
  return pairs;
}

Agreement measure_agreement(const GreyPicture& reference, const GreyPicture& sample, const PlaneMap& map,
                            const Polygon& region_in_reference) {
  // A cell holds a few details; the search covers what parallax of low parts and the lens may leave.
  constexpr int kCell = 32;
  constexpr int kSearch = 6;
  constexpr double kTextured = 6;  // grey levels of standard deviation
  constexpr double kSame = 0.5;
  const AlignedGrey aligned = aligned_grey(reference, sample, between_grey(reference, sample, map));
  std::vector<cv::Point> outline;
  for (const Point& corner : region_in_reference) {
    outline.emplace_back(cvRound(corner.x() * reference.scale_x), cvRound(corner.y() * reference.scale_y));
  }
  cv::Mat1b region(aligned.seen.size(), uchar{0});
  cv::fillPoly(region, std::vector<std::vector<cv::Point>>{outline}, cv::Scalar(255));
  Agreement agreement;
  int same = 0;
  for (int y = kSearch; y + kCell + kSearch <= region.rows; y += kCell) {
    for (int x = kSearch; x + kCell + kSearch <= region.cols; x += kCell) {
      const cv::Rect cell(x, y, kCell, kCell);
      const cv::Rect around(x - kSearch, y - kSearch, kCell + 2 * kSearch, kCell + 2 * kSearch);
      cv::Scalar mean;
      cv::Scalar deviation;
      cv::meanStdDev(reference.pixels(cell), mean, deviation);
      if (region(y + kCell / 2, x + kCell / 2) == 0 || deviation[0] < kTextured ||
          cv::countNonZero(aligned.seen(around)) < around.area()) {
        continue;
      }
      cv::Mat1f correlation;
      cv::matchTemplate(aligned.sample(around), reference.pixels(cell), correlation, cv::TM_CCOEFF_NORMED);
      double best = 0;
      cv::minMaxLoc(correlation, nullptr, &best);
      ++agreement.cells;
      same += best > kSame ? 1 : 0;
    }
  }
  agreement.share = agreement.cells > 0 ? same / static_cast<double>(agreement.cells) : 0;
  return agreement;
}

}  // namespace boarddiff::imaging
