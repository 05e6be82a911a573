// SPDX-License-Identifier: Apache-2.0
#include "compare/glint.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

namespace {

constexpr float kWhite = 0.7F;         // of full scale, in the darkest of the three channels
constexpr int kLargestGlintCells = 5;  // wider white areas are things

cv::Mat1b square(int side) { return cv::getStructuringElement(cv::MORPH_RECT, {side, side}); }

// Cells that hold at least one white pixel.
cv::Mat1b white_cells(const cv::Mat3f& picture, int cell_px) {
  cv::Mat1b cells(picture.rows / cell_px, picture.cols / cell_px, uchar{0});
  for (int y = 0; y < cells.rows * cell_px; ++y) {
    for (int x = 0; x < cells.cols * cell_px; ++x) {
      const cv::Vec3f& colour = picture(y, x);
      if (std::min({colour[0], colour[1], colour[2]}) > kWhite) {
        cells(y / cell_px, x / cell_px) = 255;
      }
    }
  }
  return cells;
}

// What an opening removes: small in at least one direction.
cv::Mat1b small_ones(const cv::Mat1b& cells) {
  cv::Mat1b large;
  cv::morphologyEx(cells, large, cv::MORPH_OPEN, square(kLargestGlintCells));
  cv::Mat1b small;
  cv::bitwise_and(cells, ~large, small);
  return small;
}

// Small white cells of one picture with nothing white nearby in the other.
cv::Mat1b only_here(const cv::Mat1b& here, const cv::Mat1b& there) {
  cv::Mat1b near_there;
  cv::dilate(there, near_there, square(3));
  cv::Mat1b result;
  cv::bitwise_and(small_ones(here), ~near_there, result);
  return result;
}

}  // namespace

cv::Mat1b find_glints(const cv::Mat3f& reference, const cv::Mat3f& sample, int cell_px) {
  const cv::Mat1b in_reference = white_cells(reference, cell_px);
  const cv::Mat1b in_sample = white_cells(sample, cell_px);
  cv::Mat1b glints;
  cv::bitwise_or(only_here(in_reference, in_sample), only_here(in_sample, in_reference), glints);
  // The highlight's glow reaches a little further than what is white.
  cv::dilate(glints, glints, square(3));
  return glints;
}

}  // namespace boarddiff::compare
