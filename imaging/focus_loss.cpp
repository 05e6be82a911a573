// SPDX-License-Identifier: Apache-2.0
#include "imaging/focus_loss.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace boarddiff::imaging {

namespace {

struct Gradients {
  cv::Mat1f x = {};
  cv::Mat1f y = {};
};

// Of the picture smoothed by `blur_px`.
Gradients gradients(const cv::Mat1f& picture, double blur_px) {
  cv::Mat1f smooth;
  cv::GaussianBlur(picture, smooth, {}, blur_px, blur_px, cv::BORDER_REPLICATE);
  Gradients result;
  cv::Scharr(smooth, result.x, CV_32F, 1, 0, 1.0 / 32);
  cv::Scharr(smooth, result.y, CV_32F, 0, 1, 1.0 / 32);
  return result;
}

// Products of the gradients over a window: of a picture with itself their energy.
cv::Mat1f products(const Gradients& a, const Gradients& b, double window_px) {
  cv::Mat1f result(a.x.mul(b.x) + a.y.mul(b.y));
  cv::GaussianBlur(result, result, {}, window_px, window_px, cv::BORDER_REPLICATE);
  return result;
}

// Share of what is told around each place that is lost; far from everything 0. Asked at an eighth of the size.
cv::Mat1f lost_around(const cv::Mat1b& lost, const cv::Mat1b& told, double window_px) {
  constexpr int kShrink = 8;
  const cv::Size small(std::max(1, lost.cols / kShrink), std::max(1, lost.rows / kShrink));
  const auto smoothed = [&](const cv::Mat1b& mask) {
    cv::Mat1f share;
    mask.convertTo(share, CV_32F, 1.0 / 255);
    cv::resize(share, share, small, 0, 0, cv::INTER_AREA);
    cv::GaussianBlur(share, share, {}, window_px / kShrink, window_px / kShrink, cv::BORDER_REPLICATE);
    return share;
  };
  cv::Mat1f share(smoothed(lost) / (smoothed(told) + 0.01));
  cv::resize(share, share, lost.size(), 0, 0, cv::INTER_LINEAR);
  return share;
}

}  // namespace

cv::Mat1b focus_loss(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px) {
  constexpr double kWindow = 5;         // of the limit
  constexpr float kLeast = 1.5F / 255;  // a pixel: less structure is noise, and says nothing about focus
  constexpr float kAlike = 0.5F;        // correlation
  constexpr float kContrast = 2;        // of energies: light and shadow differ by as much between two pictures
  const double fine_px = limit_px / 2;
  const double coarse_px = limit_px;
  const double window_px = kWindow * limit_px;
  const Gradients coarse_gradients = gradients(picture, coarse_px);
  const cv::Mat1f coarse = products(coarse_gradients, coarse_gradients, window_px);
  const Gradients fine_gradients = gradients(picture, fine_px);
  const cv::Mat1f fine = products(fine_gradients, fine_gradients, window_px);
  // The other one after a blur of the limit; blurs one after the other add up by their squares.
  const Gradients other_coarse = gradients(other, std::hypot(coarse_px, limit_px));
  const cv::Mat1f coarse_limit = products(other_coarse, other_coarse, window_px);
  const Gradients other_fine = gradients(other, std::hypot(fine_px, limit_px));
  const cv::Mat1f fine_limit = products(other_fine, other_fine, window_px);
  const cv::Mat1f common = products(coarse_gradients, other_coarse, window_px);
  cv::Mat1b lost(picture.size(), uchar{0});
  const cv::Mat1b told(fine_limit > kLeast * kLeast);
  for (int y = 0; y < lost.rows; ++y) {
    for (int x = 0; x < lost.cols; ++x) {
      const bool less = fine(y, x) < kContrast * fine_limit(y, x);
      const bool falls_faster = fine(y, x) * coarse_limit(y, x) < fine_limit(y, x) * coarse(y, x);
      const bool alike = common(y, x) > kAlike * std::sqrt(coarse(y, x) * coarse_limit(y, x));
      lost(y, x) = told(y, x) != 0 && less && falls_faster && alike ? 255 : 0;
    }
  }
  // Places without structure go with those around them.
  const cv::Mat1f around = lost_around(lost, told, 3 * window_px);
  lost.setTo(255, (told == 0) & (around > 0.5));
  // Focus changes over centimetres: where less is missing, the other picture has a part more.
  const int least_px = 2 * static_cast<int>(std::lround(window_px)) + 1;
  cv::morphologyEx(lost, lost, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {least_px, least_px}),
                   {-1, -1}, 1, cv::BORDER_REPLICATE);
  return lost;
}

}  // namespace boarddiff::imaging
