// SPDX-License-Identifier: Apache-2.0
#include "imaging/board_outline.h"

#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace boarddiff::imaging {

namespace {

constexpr int kWorkSide = 480;        // px; an outline needs no more
constexpr double kStep = 4;           // of 255: from pixel to pixel a table's light changes less, a board's edge more
constexpr double kNotches = 0.16;     // of the board's side: narrower notches and dark corners belong to the board
constexpr double kLeastEdges = 0.6;   // of the picture's; where a board is, there is detail
constexpr double kLeastShare = 0.03;  // of the picture; less is dirt on the table, not a board

cv::Mat1b disc(int diameter) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {diameter | 1, diameter | 1}); }

// Reached from the border in steps smaller than an edge.
cv::Mat1b flooded_from_border(const cv::Mat3b& picture) {
  cv::Mat1b reached(picture.rows + 2, picture.cols + 2, uchar{0});
  const cv::Scalar step = cv::Scalar::all(kStep);
  std::vector<cv::Point> seeds;
  for (int x = 2; x < picture.cols - 2; x += 6) {
    seeds.emplace_back(x, 2);
    seeds.emplace_back(x, picture.rows - 3);
  }
  for (int y = 2; y < picture.rows - 2; y += 6) {
    seeds.emplace_back(2, y);
    seeds.emplace_back(picture.cols - 3, y);
  }
  for (const cv::Point& seed : seeds) {
    if (reached(seed.y + 1, seed.x + 1) == 0) {
      cv::floodFill(picture, reached, seed, {}, nullptr, step, step, 4 | cv::FLOODFILL_MASK_ONLY | (255 << 8));
    }
  }
  return reached(cv::Rect(1, 1, picture.cols, picture.rows)).clone();
}

// The medians of the three channels where the mask is set.
cv::Vec3f median_colour(const cv::Mat3b& picture, const cv::Mat1b& mask) {
  std::array<std::vector<float>, 3> values;
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      for (int c = 0; mask(y, x) != 0 && c < 3; ++c) {
        values[static_cast<std::size_t>(c)].push_back(picture(y, x)[c]);
      }
    }
  }
  if (values[0].empty()) {
    return {};
  }
  return {median(values[0]), median(values[1]), median(values[2])};
}

// The connected parts of what was reached that touch the border and have another colour than most of the rest: on a
// close-up the flood runs over the bare mask of the board itself, which must not be lost.
cv::Mat1b background_of(const cv::Mat1b& reached, const cv::Mat3b& picture) {
  constexpr double kOtherColour = 12;  // of 255, in CIE L*a*b* as OpenCV scales it
  cv::Mat3b lab;
  cv::cvtColor(picture, lab, cv::COLOR_BGR2Lab);
  cv::Mat1i labels;
  const int count = cv::connectedComponents(reached, labels, 4, CV_32S);
  std::vector<bool> touches(static_cast<std::size_t>(count), false);
  for (int y = 0; y < reached.rows; ++y) {
    for (int x = 0; x < reached.cols; ++x) {
      // The seeds stand a little inside the border.
      if (x <= 1 || y <= 1 || x >= reached.cols - 2 || y >= reached.rows - 2) {
        touches[static_cast<std::size_t>(labels(y, x))] = true;
      }
    }
  }
  const cv::Mat rest = reached == 0;
  const cv::Vec3f colour_of_rest = median_colour(lab, rest);
  cv::Mat1b background(reached.size(), uchar{0});
  for (int label = 1; label < count; ++label) {
    const cv::Mat part = labels == label;
    if (touches[static_cast<std::size_t>(label)] &&
        cv::norm(median_colour(lab, part) - colour_of_rest) > kOtherColour) {
      background.setTo(255, part);
    }
  }
  return background;
}

cv::Mat1b largest_part(const cv::Mat1b& mask) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
  int best = 0;
  for (int label = 1; label < count; ++label) {
    if (best == 0 || stats(label, cv::CC_STAT_AREA) > stats(best, cv::CC_STAT_AREA)) {
      best = label;
    }
  }
  cv::Mat1b part(mask.size(), uchar{0});
  if (best != 0) {
    part.setTo(255, labels == best);
  }
  return part;
}

cv::Mat1b without_holes(const cv::Mat1b& mask) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(mask, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  cv::Mat1b filled(mask.size(), uchar{0});
  cv::drawContours(filled, outlines, -1, cv::Scalar(255), cv::FILLED);
  return filled;
}

// Notches and parts that the flood took for background, because they are as dark as it, come back.
cv::Mat1b closed(const cv::Mat1b& mask) {
  const int reach = std::max(3, static_cast<int>(kNotches * std::sqrt(cv::countNonZero(mask))));
  cv::Mat1b padded;
  cv::copyMakeBorder(mask, padded, reach, reach, reach, reach, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::morphologyEx(padded, padded, cv::MORPH_CLOSE, disc(reach));
  return padded(cv::Rect(reach, reach, mask.cols, mask.rows)).clone();
}

// The share of the picture's edges that lie on the board.
double share_of_edges(const cv::Mat3b& picture, const cv::Mat1b& board) {
  cv::Mat1b edges;
  cv::Canny(picture, edges, 40, 100);
  const int all = cv::countNonZero(edges);
  cv::bitwise_and(edges, board, edges);
  return all > 0 ? cv::countNonZero(edges) / static_cast<double>(all) : 1;
}

}  // namespace

cv::Mat1b find_board(const cv::Mat& picture) {
  const double shrink = std::min(1.0, kWorkSide / static_cast<double>(std::max(picture.cols, picture.rows)));
  const cv::Size small(std::max(16, cvRound(picture.cols * shrink)), std::max(16, cvRound(picture.rows * shrink)));
  cv::Mat work;
  cv::resize(picture, work, small, 0, 0, cv::INTER_AREA);
  work.convertTo(work, CV_8U, 255);
  if (work.channels() == 1) {
    cv::cvtColor(work, work, cv::COLOR_GRAY2BGR);
  }
  cv::Mat3b smooth;
  cv::bilateralFilter(work, smooth, 5, 20, 3);
  cv::Mat1b background = flooded_from_border(smooth);
  cv::morphologyEx(background, background, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  // A flood that leaks into the board does so through narrow gaps.
  cv::morphologyEx(background, background, cv::MORPH_OPEN, disc(9));
  cv::Mat1b board;
  cv::bitwise_not(background_of(background, smooth), board);
  cv::morphologyEx(board, board, cv::MORPH_OPEN, disc(9));
  board = closed(without_holes(largest_part(board)));
  if (cv::countNonZero(board) < kLeastShare * board.size().area() || share_of_edges(smooth, board) < kLeastEdges) {
    board.setTo(255);
  }
  cv::Mat1b result;
  cv::resize(board, result, picture.size(), 0, 0, cv::INTER_NEAREST);
  return result;
}

}  // namespace boarddiff::imaging
