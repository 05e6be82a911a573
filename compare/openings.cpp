// SPDX-License-Identifier: Apache-2.0
#include "compare/openings.h"

#include "compare/appearance.h"
#include "imaging/base/order_statistics.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace boarddiff::compare {

namespace {

constexpr int kCell = 4;               // px
constexpr int kMarginCells = 4;        // beside the outline the table is not clearly seen
constexpr int kLeastTable = 300;       // cells; less says little about the table's colour
constexpr float kLeastChange = 0.15F;  // between the tables, in logarithms of colour

// Of the tables' change of colour, what a place must show of it; the walls of a hole mix in.
constexpr float kLeastShare = 0.45F;
constexpr float kMostAcross = 0.35F;  // of that, in another direction of colour
constexpr float kNoise = 0.05F;

// Colours are counted in squares of this width, from -2 to 2.
constexpr float kBin = 0.05F;
constexpr int kBins = 80;

cv::Point bin_of(const cv::Vec2f& colour) {
  const auto number = [](float value) { return std::clamp(static_cast<int>((value + 2) / kBin), 0, kBins - 1); };
  return {number(colour[1]), number(colour[0])};
}

// How often each colour occurs where the mask is set; sums to 1.
cv::Mat1f colours_in(const cv::Mat2f& colour, const cv::Mat1b& mask) {
  cv::Mat1f counts(kBins, kBins, 0.0F);
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      if (mask(y, x) != 0) {
        counts(bin_of(colour(y, x))) += 1;
      }
    }
  }
  counts /= std::max(cv::sum(counts)[0], 1.0);
  cv::GaussianBlur(counts, counts, {}, 1);
  return counts;
}

// 255 where the colour is commoner outside the board than on it.
cv::Mat1b like_table(const cv::Mat2f& colour, const cv::Mat1b& table, const cv::Mat1b& board) {
  const cv::Mat1f outside = colours_in(colour, table);
  const cv::Mat1f inside = colours_in(colour, board);
  cv::Mat1b like(colour.size(), uchar{0});
  for (int y = 0; y < colour.rows; ++y) {
    for (int x = 0; x < colour.cols; ++x) {
      const cv::Point bin = bin_of(colour(y, x));
      like(y, x) = outside(bin) > inside(bin) ? 255 : 0;
    }
  }
  return like;
}

cv::Vec2f median_of(const cv::Mat2f& values, const cv::Mat1b& mask) {
  std::vector<float> first;
  std::vector<float> second;
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      if (mask(y, x) != 0) {
        first.push_back(values(y, x)[0]);
        second.push_back(values(y, x)[1]);
      }
    }
  }
  return first.empty() ? cv::Vec2f(0, 0) : cv::Vec2f(imaging::median(first), imaging::median(second));
}

// How the two cameras differ in the table's colour: as parts of that colour change, so would the same table. Without
// any, as the board changes.
cv::Vec2f change_by_cameras(const cv::Mat2f& change, const cv::Mat2f& reference, const cv::Mat1b& table,
                            const cv::Mat1b& board) {
  constexpr float kAlike = 0.1F;
  constexpr int kEnough = 50;  // cells
  const cv::Vec2f colour = median_of(reference, table);
  cv::Mat1b alike(board.size(), uchar{0});
  for (int y = 0; y < board.rows; ++y) {
    for (int x = 0; x < board.cols; ++x) {
      const cv::Vec2f apart = reference(y, x) - colour;
      alike(y, x) = board(y, x) != 0 && std::hypot(apart[0], apart[1]) < kAlike ? 255 : 0;
    }
  }
  return median_of(change, cv::countNonZero(alike) < kEnough ? board : alike);
}

// 255 for cells that lie whole where the mask is set.
cv::Mat1b whole_cells(const cv::Mat1b& mask, const cv::Size& cells) {
  cv::Mat1b small;
  cv::resize(mask(cv::Rect(0, 0, cells.width * kCell, cells.height * kCell)), small, cells, 0, 0, cv::INTER_AREA);
  return cv::Mat1b(small == 255);
}

cv::Mat1b square(int cells) { return cv::getStructuringElement(cv::MORPH_RECT, {cells, cells}); }

}  // namespace

cv::Mat1b find_openings(const imaging::NormalizedPair& pair, const cv::Mat1b& board) {
  cv::Mat1b openings(board.size(), uchar{0});
  if (pair.reference.channels() != 3) {
    return openings;
  }
  const AppearanceGrid reference = describe_colour(pair.reference, kCell);
  const AppearanceGrid sample = describe_colour(pair.sample, kCell);
  const cv::Size cells = reference.colour.size();
  const cv::Mat1b on_board = whole_cells(cv::Mat1b(board & pair.seen), cells);
  cv::Mat1b off_board = whole_cells(cv::Mat1b(~board & pair.seen), cells);
  cv::erode(off_board, off_board, square(2 * kMarginCells + 1), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(255));
  if (cv::countNonZero(off_board) < kLeastTable || cv::countNonZero(on_board) == 0) {
    return openings;
  }
  cv::Mat2f change(sample.colour - reference.colour);
  change -= cv::Scalar(change_by_cameras(change, reference.colour, off_board, on_board));
  const cv::Vec2f of_table = median_of(change, off_board);
  const auto length = static_cast<float>(cv::norm(of_table));
  if (length < kLeastChange) {
    return openings;
  }
  cv::Mat1b found(like_table(reference.colour, off_board, on_board) & like_table(sample.colour, off_board, on_board));
  for (int y = 0; y < found.rows; ++y) {
    for (int x = 0; x < found.cols; ++x) {
      const cv::Vec2f& here = change(y, x);
      const float along = here.dot(of_table) / length;
      const float across = std::abs(here[0] * of_table[1] - here[1] * of_table[0]) / length;
      if (along < kLeastShare * length || across > kMostAcross * along + kNoise) {
        found(y, x) = 0;
      }
    }
  }
  cv::morphologyEx(found, found, cv::MORPH_OPEN, square(3));
  cv::dilate(found, found, square(5));  // the walls
  const cv::Rect whole(0, 0, cells.width * kCell, cells.height * kCell);
  cv::resize(found, openings(whole), whole.size(), 0, 0, cv::INTER_NEAREST);
  return openings;
}

}  // namespace boarddiff::compare
