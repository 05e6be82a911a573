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

constexpr int kWorkSide = 480;         // px; an outline needs no more
constexpr double kStep = 4;            // of 255: from pixel to pixel a table's light changes less, a board's edge more
constexpr double kSameColour = 12;     // of 255, in CIE L*a*b* as OpenCV scales it
constexpr double kInside = 0.3;        // of a part of the table, at most, within the hull of the rest
constexpr double kTableInside = 0.75;  // the same of what has the colour of the table that was found before
constexpr int kNarrow_px = 9;          // what a flood leaks through, and what it leaves of the table, is narrower
constexpr double kNotches = 0.16;      // of the board's side: narrower notches and dark corners belong to the board
constexpr double kLeastEdges = 0.6;    // of the picture's; where a board is, there is detail
constexpr double kLeastShare = 0.03;   // of the picture; less is dirt on the table, not a board

cv::Mat1b disc(int diameter) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {diameter | 1, diameter | 1}); }

std::vector<cv::Point> seeds_along_border(const cv::Size& size) {
  std::vector<cv::Point> seeds;
  for (int x = 2; x < size.width - 2; x += 6) {
    seeds.emplace_back(x, 2);
    seeds.emplace_back(x, size.height - 3);
  }
  for (int y = 2; y < size.height - 2; y += 6) {
    seeds.emplace_back(2, y);
    seeds.emplace_back(size.width - 3, y);
  }
  return seeds;
}

// The connected parts of a mask that touch the border; the seeds stand a little inside it.
std::vector<cv::Mat1b> parts_at_border(const cv::Mat1b& mask) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centres;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 4, CV_32S);
  std::vector<cv::Mat1b> parts;
  for (int label = 1; label < count; ++label) {
    const int left = stats(label, cv::CC_STAT_LEFT);
    const int top = stats(label, cv::CC_STAT_TOP);
    if (left <= 1 || top <= 1 || left + stats(label, cv::CC_STAT_WIDTH) >= mask.cols - 1 ||
        top + stats(label, cv::CC_STAT_HEIGHT) >= mask.rows - 1) {
      parts.emplace_back(labels == label);
    }
  }
  return parts;
}

// What is reached from the border in steps smaller than an edge, each flood by itself: between the table and a part
// that lies beside it the edge is a pixel wide.
std::vector<cv::Mat1b> flooded_from_border(const cv::Mat3b& picture) {
  constexpr int kNew = 1;
  constexpr int kDone = 2;
  const cv::Scalar step = cv::Scalar::all(kStep);
  const cv::Mat1b wide = disc(kNarrow_px);
  cv::Mat1b reached(picture.rows + 2, picture.cols + 2, uchar{0});
  std::vector<cv::Mat1b> parts;
  for (const cv::Point& seed : seeds_along_border(picture.size())) {
    if (reached(seed.y + 1, seed.x + 1) != 0) {
      continue;
    }
    const int area =
        cv::floodFill(picture, reached, seed, {}, nullptr, step, step, 4 | cv::FLOODFILL_MASK_ONLY | (kNew << 8));
    const cv::Mat whole = reached == kNew;
    reached.setTo(kDone, whole);
    if (area < cv::countNonZero(wide)) {
      continue;
    }
    cv::Mat1b flood = cv::Mat1b(whole)(cv::Rect(1, 1, picture.cols, picture.rows)).clone();
    cv::morphologyEx(flood, flood, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    // A flood that leaks into the board does so through narrow gaps.
    cv::morphologyEx(flood, flood, cv::MORPH_OPEN, wide);
    const std::vector<cv::Mat1b> wide_parts = parts_at_border(flood);
    parts.insert(parts.end(), wide_parts.begin(), wide_parts.end());
  }
  return parts;
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

// Corners of the convex hull.
std::vector<cv::Point> hull_of(const cv::Mat1b& mask) {
  std::vector<cv::Point> points;
  cv::findNonZero(mask, points);
  std::vector<cv::Point> hull;
  if (!points.empty()) {
    cv::convexHull(points, hull);
  }
  return hull;
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

// A connected part that the flood reached from the border: table, or a smooth part of the board that the border cuts.
struct Reached {
  cv::Mat1b mask = {};
  std::vector<cv::Point> hull = {};
  cv::Vec3f colour = {};            // CIE L*a*b*
  double allowed_inside = kInside;  // share within the hull of the rest, if it is table
};

std::vector<Reached> parts_reached(const cv::Mat3b& picture, const cv::Mat3b& lab) {
  std::vector<Reached> parts;
  for (const cv::Mat1b& mask : flooded_from_border(picture)) {
    parts.push_back({mask, hull_of(mask), median_colour(lab, mask)});
  }
  return parts;
}

// Much of the core has this colour too: the flood ran over the bare mask of the board itself.
bool is_colour_of(const cv::Mat1b& core, const cv::Mat3b& lab, const cv::Vec3f& colour) {
  constexpr double kMuch = 0.25;  // more than the black or white parts of most boards
  int same = 0;
  for (int y = 0; y < core.rows; ++y) {
    for (int x = 0; x < core.cols; ++x) {
      same += core(y, x) != 0 && cv::norm(cv::Vec3f(lab(y, x)) - colour) < kSameColour ? 1 : 0;
    }
  }
  return same > kMuch * cv::countNonZero(core);
}

// The share of a part that lies inside the convex hull of the core and of the other parts.
double share_inside_hull(const std::vector<Reached>& parts, std::size_t index, const std::vector<cv::Point>& core) {
  std::vector<cv::Point> points = core;
  for (std::size_t other = 0; other < parts.size(); ++other) {
    if (other != index) {
      points.insert(points.end(), parts[other].hull.begin(), parts[other].hull.end());
    }
  }
  if (points.empty()) {
    return 0;
  }
  std::vector<cv::Point> hull;
  cv::convexHull(points, hull);
  cv::Mat1b inside(parts[index].mask.size(), uchar{0});
  cv::fillConvexPoly(inside, hull, cv::Scalar(255));
  cv::bitwise_and(inside, parts[index].mask, inside);
  return cv::countNonZero(inside) / static_cast<double>(cv::countNonZero(parts[index].mask));
}

// The largest thing that was not reached, without what hangs on it by its side: the grain of a wooden table, and tape
// and cables that lie about there.
cv::Mat1b compact_core(const cv::Mat1b& unreached) {
  constexpr double kStrips = 0.12;  // of the core's side
  cv::Mat1b core;
  cv::morphologyEx(unreached, core, cv::MORPH_OPEN, disc(kNarrow_px));
  core = without_holes(largest_part(core));
  const int strips = std::max(kNarrow_px, static_cast<int>(kStrips * std::sqrt(cv::countNonZero(core))));
  // As if the picture went on beyond its border.
  cv::Mat1b padded;
  cv::copyMakeBorder(core, padded, strips, strips, strips, strips, cv::BORDER_REPLICATE);
  cv::morphologyEx(padded, padded, cv::MORPH_OPEN, disc(strips));
  return largest_part(padded(cv::Rect(strips, strips, core.cols, core.rows)));
}

// The part that lies farthest outside the hull of core and other parts, against what it may: its index.
std::size_t outermost(const std::vector<Reached>& parts, const std::vector<cv::Point>& hull_of_core,
                      double& share_above_allowed) {
  std::size_t best = 0;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    const double above = share_inside_hull(parts, index, hull_of_core) - parts[index].allowed_inside;
    if (index == 0 || above < share_above_allowed) {
      best = index;
      share_above_allowed = above;
    }
  }
  return best;
}

// A board is convex but for notches. A smooth part that the picture's border cuts lies between other parts of the
// board, so inside the hull of the rest; in a corner of the picture the hull still takes half of it. The table lies
// outside, but for what is between parts that stand over the edge. A table whose light or grain has steps consists of
// several parts: they are peeled off one by one, the outermost first.
cv::Mat1b without_table(std::vector<Reached> parts, const cv::Mat3b& lab) {
  cv::Mat1b rest(lab.size(), uchar{255});
  for (const Reached& part : parts) {
    rest.setTo(0, part.mask);
  }
  cv::Mat1b core = compact_core(rest);
  std::vector<cv::Point> hull_of_core = hull_of(core);
  rest.setTo(255);
  while (!parts.empty()) {
    double above = 0;
    const std::size_t index = outermost(parts, hull_of_core, above);
    if (above > 0) {
      break;
    }
    const Reached part = parts[index];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(index));
    if (is_colour_of(core, lab, part.colour)) {
      core.setTo(255, part.mask);
      hull_of_core.insert(hull_of_core.end(), part.hull.begin(), part.hull.end());
      continue;
    }
    rest.setTo(0, part.mask);
    for (Reached& other : parts) {
      if (cv::norm(other.colour - part.colour) < kSameColour) {
        other.allowed_inside = kTableInside;
      }
    }
  }
  cv::morphologyEx(rest, rest, cv::MORPH_OPEN, disc(kNarrow_px));
  return largest_part(rest);
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

cv::Mat1b find_board(const cv::Mat& picture, double full_scale) {
  const double shrink = std::min(1.0, kWorkSide / static_cast<double>(std::max(picture.cols, picture.rows)));
  const cv::Size small(std::max(16, cvRound(picture.cols * shrink)), std::max(16, cvRound(picture.rows * shrink)));
  cv::Mat work;
  cv::resize(picture, work, small, 0, 0, cv::INTER_AREA);
  work.convertTo(work, CV_8U, 255 / full_scale);
  if (work.channels() == 1) {
    cv::cvtColor(work, work, cv::COLOR_GRAY2BGR);
  }
  cv::Mat3b smooth;
  cv::bilateralFilter(work, smooth, 5, 20, 3);
  cv::Mat3b lab;
  cv::cvtColor(smooth, lab, cv::COLOR_BGR2Lab);
  cv::Mat1b board = closed(without_holes(without_table(parts_reached(smooth, lab), lab)));
  if (cv::countNonZero(board) < kLeastShare * board.size().area() || share_of_edges(smooth, board) < kLeastEdges) {
    board.setTo(255);
  }
  cv::Mat1b result;
  cv::resize(board, result, picture.size(), 0, 0, cv::INTER_NEAREST);
  return result;
}

}  // namespace boarddiff::imaging
