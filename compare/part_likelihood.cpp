// SPDX-License-Identifier: Apache-2.0
#include "compare/part_likelihood.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <vector>

namespace boarddiff::compare {

double PartLikelihood::within(const imaging::Polygon& outline) const {
  constexpr double kFarthest = 1e6;  // pixels; beyond any picture, and well within whole numbers
  std::vector<cv::Point> corners;
  for (const imaging::Point& corner : outline) {
    const imaging::Point at = imaging::apply(part_from_frame, corner);
    if (!(at.norm() < kFarthest)) return 0;
    corners.emplace_back(cvRound(at.x()), cvRound(at.y()));
  }
  const cv::Rect around = cv::boundingRect(corners) & cv::Rect({}, part.size());
  if (corners.empty() || around.empty()) return 0;
  for (cv::Point& corner : corners) corner -= around.tl();
  cv::Mat1b inside(around.size(), uchar{0});
  cv::fillConvexPoly(inside, corners, 255);
  return cv::countNonZero(inside) > 0 ? cv::mean(part(around), inside)[0] : 0;
}

PartLikelihood in_frame(const PartLikelihood& likelihood, const Eigen::Matrix3d& frame_from_other) {
  return {.part = likelihood.part, .part_from_frame = likelihood.part_from_frame * frame_from_other};
}

}  // namespace boarddiff::compare
