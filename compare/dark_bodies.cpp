// SPDX-License-Identifier: Apache-2.0
#include "compare/dark_bodies.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

namespace {

constexpr float kDark = 0.42F;       // of the strongest channel
constexpr float kGrey = 0.10F;       // between the channels: masks are as dark, but coloured
constexpr int kPrint = 7;            // px: strokes of print that are closed
constexpr int kLeastSide = 13;       // px; a line of print needs as much
constexpr double kFilled = 0.75;     // of the box
constexpr double kMostOfSide = 0.3;  // of the picture's longer side: what is larger is the table or the board

cv::Mat1b dark_grey(const cv::Mat3f& picture) {
  cv::Mat1b mask(picture.size(), uchar{0});
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const cv::Vec3f& light = picture(y, x);
      const auto [least, most] = std::minmax({light[0], light[1], light[2]});
      mask(y, x) = most < kDark && most - least < kGrey ? 255 : 0;
    }
  }
  return mask;
}

}  // namespace

std::vector<imaging::Box> find_dark_bodies(const cv::Mat3f& picture) {
  cv::Mat1b mask = dark_grey(picture);
  const auto square = [](int side) { return cv::getStructuringElement(cv::MORPH_RECT, {side, side}); };
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, square(kPrint));
  cv::morphologyEx(mask, mask, cv::MORPH_OPEN, square(kLeastSide));
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 4, CV_32S);
  std::vector<imaging::Box> bodies;
  for (int label = 1; label < count; ++label) {
    const imaging::Box box{.x = double(stats(label, cv::CC_STAT_LEFT)),
                           .y = double(stats(label, cv::CC_STAT_TOP)),
                           .width = double(stats(label, cv::CC_STAT_WIDTH)),
                           .height = double(stats(label, cv::CC_STAT_HEIGHT))};
    if (stats(label, cv::CC_STAT_AREA) >= kFilled * box.area() &&
        std::max(box.width, box.height) <= kMostOfSide * std::max(picture.cols, picture.rows)) {
      bodies.push_back(box);
    }
  }
  return bodies;
}

}  // namespace boarddiff::compare
