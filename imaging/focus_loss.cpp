// SPDX-License-Identifier: Apache-2.0
#include "imaging/focus_loss.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace boarddiff::imaging {

namespace {

// Energy of the gradients of the picture smoothed by `blur_px`, over a window.
cv::Mat1f structure(const cv::Mat1f& picture, double blur_px, double window_px) {
  cv::Mat1f smooth;
  cv::GaussianBlur(picture, smooth, {}, blur_px, blur_px, cv::BORDER_REPLICATE);
  cv::Mat1f x;
  cv::Mat1f y;
  cv::Scharr(smooth, x, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(smooth, y, CV_32F, 0, 1, 1.0 / 32);
  cv::Mat1f energy(x.mul(x) + y.mul(y));
  cv::GaussianBlur(energy, energy, {}, window_px, window_px, cv::BORDER_REPLICATE);
  return energy;
}

}  // namespace

cv::Mat1b focus_loss(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px) {
  constexpr double kWindow = 10;        // of the limit
  constexpr float kLeast = 1.5F / 255;  // a pixel: less structure is noise, and says nothing about focus
  const double fine_px = limit_px / 2;
  const double coarse_px = limit_px;
  const double window_px = kWindow * limit_px / 2;
  const cv::Mat1f fine = structure(picture, fine_px, window_px);
  const cv::Mat1f coarse = structure(picture, coarse_px, window_px);
  // Blurs one after the other add up by their squares.
  const cv::Mat1f fine_limit = structure(other, std::hypot(fine_px, limit_px), window_px);
  const cv::Mat1f coarse_limit = structure(other, std::hypot(coarse_px, limit_px), window_px);
  cv::Mat1b lost(picture.size(), uchar{0});
  for (int y = 0; y < lost.rows; ++y) {
    for (int x = 0; x < lost.cols; ++x) {
      const bool told = fine_limit(y, x) > kLeast * kLeast;
      const bool less = fine(y, x) < fine_limit(y, x);
      const bool falls_faster = fine(y, x) * coarse_limit(y, x) < fine_limit(y, x) * coarse(y, x);
      lost(y, x) = told && less && falls_faster ? 255 : 0;
    }
  }
  // Focus changes over centimetres: where less is missing, the other picture has a part more.
  const int least_px = static_cast<int>(std::lround(kWindow * limit_px));
  cv::morphologyEx(lost, lost, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {least_px, least_px}),
                   {-1, -1}, 1, cv::BORDER_REPLICATE);
  return lost;
}

}  // namespace boarddiff::imaging
