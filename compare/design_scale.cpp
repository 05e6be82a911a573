// SPDX-License-Identifier: Apache-2.0
#include "compare/design_scale.h"

#include "compare/display_image.h"
#include "imaging/board_outline.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

namespace {

// The board's sides in pixels of the picture.
cv::Size2d board_in(const imaging::BoardImage& photo) {
  constexpr double kWorkSide = 800;
  const double scale = std::min(1.0, kWorkSide / std::max(photo.size().width, photo.size().height));
  const cv::Size size(std::max(1, cvRound(photo.size().width * scale)),
                      std::max(1, cvRound(photo.size().height * scale)));
  cv::Mat3b small;
  cv::resize(display_pixels(photo.pixels, display_range(photo, imaging::Modality::photo)), small, size, 0, 0,
             cv::INTER_AREA);
  cv::Mat3f light;
  small.convertTo(light, CV_32F, 1.0 / 255);
  std::vector<cv::Point> board;
  cv::findNonZero(imaging::find_board(light), board);
  const cv::Size2f sides = board.empty() ? cv::Size2f() : cv::minAreaRect(board).size;
  return {sides.width / scale, sides.height / scale};
}

}  // namespace

std::optional<double> scale_by_outline(const imaging::BoardImage& photo, const Placement& design) {
  std::vector<imaging::Point> reach;
  if (design.outline_mm) {
    reach = *design.outline_mm;
  } else {
    for (const PlacedPart& part : design.parts) {
      reach.push_back(part.centre_mm);
    }
  }
  const imaging::Box box = imaging::bounding_box(reach);
  const cv::Size2d board = board_in(photo);
  if (!(box.area() > 0) || !(board.area() > 0)) {
    return std::nullopt;
  }
  // Areas, so that it does not matter which side lies across.
  return std::sqrt(board.area() / box.area());
}

}  // namespace boarddiff::compare
