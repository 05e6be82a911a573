// SPDX-License-Identifier: Apache-2.0
#include "imaging/focus_loss.h"

#include <opencv2/imgproc.hpp>

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

// Windows are wide and change slowly: what is summed over them is asked in cells.
constexpr int kCell_px = 4;

cv::Mat1f in_cells(const cv::Mat1f& values) {
  const cv::Size cells((values.cols + kCell_px - 1) / kCell_px, (values.rows + kCell_px - 1) / kCell_px);
  cv::Mat1f result;
  cv::resize(values, result, cells, 0, 0, cv::INTER_AREA);
  return result;
}

void smooth_over(cv::Mat1f& cells, double window_px) {
  const double window = window_px / kCell_px;
  cv::GaussianBlur(cells, cells, {}, window, window, cv::BORDER_REPLICATE);
}

// Products of the gradients over a window, in cells: of a picture with itself their energy.
cv::Mat1f products(const Gradients& a, const Gradients& b, double window_px) {
  cv::Mat1f result = in_cells(cv::Mat1f(a.x.mul(b.x) + a.y.mul(b.y)));
  smooth_over(result, window_px);
  return result;
}

// How much fine and how much coarse structure a picture has around each cell.
struct Structure {
  cv::Mat1f fine = {};
  cv::Mat1f coarse = {};
};

// Of the picture after a blur of `blur_px`; blurs one after the other add up by their squares.
Structure structure_of(const cv::Mat1f& picture, double blur_px, double limit_px, double window_px) {
  const Gradients fine = gradients(picture, std::hypot(limit_px / 2, blur_px));
  const Gradients coarse = gradients(picture, std::hypot(limit_px, blur_px));
  return {.fine = products(fine, fine, window_px), .coarse = products(coarse, coarse, window_px)};
}

// Correlation of what is coarse, cell by cell: at twice the limit, so that a picture blurred by several times the limit
// still shows the same there.
cv::Mat1f likeness(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px, double window_px) {
  const Gradients a = gradients(picture, 2 * limit_px);
  const Gradients b = gradients(other, std::hypot(2 * limit_px, limit_px));
  cv::Mat1f norm;
  cv::sqrt(products(a, a, window_px).mul(products(b, b, window_px)), norm);
  return cv::Mat1f(products(a, b, window_px) / (norm + 1e-12F));
}

// Share of what is told around each cell that is lost; far from everything 0.
cv::Mat1f lost_around(const cv::Mat1b& lost, const cv::Mat1b& told, double window_px) {
  const auto smoothed = [&](const cv::Mat1b& mask) {
    cv::Mat1f share;
    mask.convertTo(share, CV_32F, 1.0 / 255);
    smooth_over(share, window_px);
    return share;
  };
  return cv::Mat1f(smoothed(lost) / (smoothed(told) + 0.01));
}

}  // namespace

cv::Mat1b focus_loss(const cv::Mat1f& picture, const cv::Mat1f& other, double limit_px) {
  constexpr double kWindow = 10;        // of the limit
  constexpr float kLeast = 1.5F / 255;  // a pixel: less structure is noise, and says nothing about focus
  constexpr float kAlike = 0.5F;        // correlation
  constexpr float kContrast = 2;        // of energies: light and shadow differ by as much between two pictures
  const double window_px = kWindow * limit_px;
  const Structure is = structure_of(picture, 0, limit_px, window_px);
  const Structure would_be = structure_of(other, limit_px, limit_px, window_px);
  const cv::Mat1f alike = likeness(picture, other, limit_px, window_px);
  const cv::Mat1b told(would_be.fine > kLeast * kLeast);
  const cv::Mat1b less(is.fine < kContrast * would_be.fine);
  const cv::Mat1b falls_faster(is.fine.mul(would_be.coarse) < would_be.fine.mul(is.coarse));
  cv::Mat1b lost(told & less & falls_faster & (alike > kAlike));
  // Places without structure go with those around them.
  const cv::Mat1f around = lost_around(lost, told, 3 * window_px);
  lost.setTo(255, (told == 0) & (around > 0.5));
  // Focus changes over centimetres: where less is missing, the other picture has a part more.
  const int least = 2 * static_cast<int>(std::lround(window_px / kCell_px)) + 1;
  cv::morphologyEx(lost, lost, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_ELLIPSE, {least, least}), {-1, -1},
                   1, cv::BORDER_REPLICATE);
  cv::Mat1b result;
  cv::resize(lost, result, picture.size(), 0, 0, cv::INTER_NEAREST);
  return result;
}

}  // namespace boarddiff::imaging
