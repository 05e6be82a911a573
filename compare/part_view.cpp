// SPDX-License-Identifier: Apache-2.0
#include "compare/part_view.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

cv::Mat3b shown_to_network(const cv::Mat3b& picture, double pixels_per_mm) {
  const double scale = std::clamp(pixels_per_mm, kLeastNetworkScale, kMostNetworkScale) / pixels_per_mm;
  const cv::Size size(std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale)));
  cv::Mat3b shown;
  cv::resize(picture, shown, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return shown;
}

PartView view_parts(const cv::Mat3b& picture, double pixels_per_mm) {
  PartView view{.maps = find_part_maps(shown_to_network(picture, pixels_per_mm))};
  const double across = static_cast<double>(view.maps.part.cols) / picture.cols;
  const double down = static_cast<double>(view.maps.part.rows) / picture.rows;
  // A pixel's middle is half a pixel from its edge in either.
  view.maps_from_picture << across, 0, 0.5 * across - 0.5, 0, down, 0.5 * down - 0.5, 0, 0, 1;
  return view;
}

}  // namespace boarddiff::compare
