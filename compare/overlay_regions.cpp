// SPDX-License-Identifier: Apache-2.0
#include "compare/overlay_regions.h"

#include "imaging/frame_warp.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

cv::Mat1b regions_in_sample(const std::vector<MarkedRegion>& regions, const InspectionReport& report,
                            const imaging::BoardImage& sample) {
  if (regions.empty()) {
    return {sample.size(), uchar{0}};
  }
  const cv::Size size(report.reference.width, report.reference.height);
  const imaging::BoardImage marked{.pixels = pixels_of(regions, size, 1)};
  const imaging::WarpedPicture warped =
      imaging::warp_into(imaging::Frame::sample, marked, sample, report.registration.plane);
  return cv::Mat1b(warped.pixels >= 128);
}

void draw_hatched(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes) {
  const int step = 2 * sizes.text_height / 3;
  const int stripe = std::max(1, step / 6);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      if (where(y, x) != 0) {
        const bool white = (x + y) % step < stripe;
        picture(y, x) = white ? picture(y, x) * 0.25 + cv::Vec3b::all(191) : picture(y, x) * 0.55;
      }
    }
  }
}

void draw_thinly_hatched(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes) {
  constexpr int kLeastStep_px = 8;
  const int step = std::max(kLeastStep_px, 2 * sizes.text_height / 3);
  const int stripe = std::max(1, step / 10);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      if (where(y, x) == 0) continue;
      const int along = (x - y + picture.rows / step * step + step) % step;
      if (along < stripe) picture(y, x) = picture(y, x) * 0.4 + cv::Vec3b::all(153);
    }
  }
}

void draw_outlined(cv::Mat3b& picture, const cv::Mat1b& where, const MarkSizes& sizes) {
  const cv::Scalar bluish_green(115, 158, 0);  // of the same palette as the marks
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(where, contours, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);
  const int line = std::max(1, sizes.stroke / 2);
  cv::drawContours(picture, contours, -1, cv::Scalar::all(255), line + 2 * sizes.outline, cv::LINE_AA);
  cv::drawContours(picture, contours, -1, bluish_green, line, cv::LINE_AA);
}

}  // namespace boarddiff::compare
