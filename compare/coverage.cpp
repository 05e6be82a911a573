// SPDX-License-Identifier: Apache-2.0
#include "compare/coverage.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

namespace {

// The outlines of a mask of cells as polygons in reference pixels; specks of a few cells are not worth a polygon.
std::vector<Region> outlines(const cv::Mat1b& cells, const std::string& why, double reference_px_per_cell) {
  constexpr double kLeastCells = 20;
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(cells, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
  std::vector<Region> regions;
  for (const std::vector<cv::Point>& contour : contours) {
    if (cv::contourArea(contour) < kLeastCells) {
      continue;
    }
    std::vector<cv::Point> simple;
    cv::approxPolyDP(contour, simple, 1.5, true);
    Region region{.why = why};
    for (const cv::Point& corner : simple) {
      region.reference_polygon.push_back(
          {(corner.x + 0.5) * reference_px_per_cell - 0.5, (corner.y + 0.5) * reference_px_per_cell - 0.5});
    }
    regions.push_back(region);
  }
  return regions;
}

}  // namespace

Coverage measure_coverage(const Evidence& evidence, const cv::Mat1b& board, const imaging::NormalizedPair& pair) {
  const cv::Size cells = evidence.inspected.size();
  cv::Mat1b on_board;
  cv::Mat1b seen;
  cv::resize(board, on_board, cells, 0, 0, cv::INTER_NEAREST);
  cv::resize(pair.seen, seen, cells, 0, 0, cv::INTER_NEAREST);
  const double total = std::max(1, cv::countNonZero(on_board));
  const cv::Mat inspected = evidence.inspected & on_board;
  const double reference_px_per_cell = evidence.cell_px / pair.scale;
  Coverage coverage;
  coverage.inspected = cv::countNonZero(inspected) / total;
  coverage.masked = 0;
  coverage.not_inspected = 1 - coverage.inspected;
  const cv::Mat unseen = on_board & ~seen;
  const cv::Mat edge = on_board & seen & ~evidence.inspected;
  coverage.not_inspected_regions = outlines(unseen, "outside the sample picture", reference_px_per_cell);
  for (Region& region : outlines(edge, "at the board's or the picture's edge", reference_px_per_cell)) {
    coverage.not_inspected_regions.push_back(std::move(region));
  }
  return coverage;
}

}  // namespace boarddiff::compare
