// SPDX-License-Identifier: Apache-2.0
#include "compare/coverage.h"

#include "compare/picture_faults.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace boarddiff::compare {

namespace {

using Contour = std::vector<cv::Point>;

// A few cells are not worth a polygon; a strip of one cell's width is, if it is long.
bool is_speck(const Contour& contour) {
  constexpr int kLeastCells = 20;
  return cv::boundingRect(contour).area() < kLeastCells;
}

void append_simplified(const Contour& contour, double reference_px_per_cell, imaging::Polygon& polygon) {
  Contour simple;
  cv::approxPolyDP(contour, simple, 1.5, true);
  simple.push_back(simple.front());
  for (const cv::Point& corner : simple) {
    polygon.push_back({(corner.x + 0.5) * reference_px_per_cell - 0.5, (corner.y + 0.5) * reference_px_per_cell - 0.5});
  }
}

// The outlines of a mask of cells as polygons in reference pixels. A hole is part of its polygon by a cut of no width:
// out along the outline, over to the hole, around it the other way, and back.
std::vector<Region> outlines(const cv::Mat1b& cells, const std::string& why, double reference_px_per_cell) {
  std::vector<Contour> contours;
  std::vector<cv::Vec4i> hierarchy;  // next, previous, first child, parent
  cv::findContours(cells, contours, hierarchy, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);
  std::vector<Region> regions;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (hierarchy[i][3] >= 0 || is_speck(contours[i])) {
      continue;
    }
    Region region{.why = why};
    append_simplified(contours[i], reference_px_per_cell, region.reference_polygon);
    for (int hole = hierarchy[i][2]; hole >= 0; hole = hierarchy[static_cast<std::size_t>(hole)][0]) {
      const Contour& contour = contours[static_cast<std::size_t>(hole)];
      if (!is_speck(contour)) {
        const imaging::Point bridge = region.reference_polygon.front();
        append_simplified(contour, reference_px_per_cell, region.reference_polygon);
        region.reference_polygon.push_back(bridge);
      }
    }
    regions.push_back(region);
  }
  return regions;
}

// The cells of which at least half is set.
cv::Mat1b cells_in(const cv::Mat1b& where, const cv::Size& cells) {
  cv::Mat1b share;
  cv::resize(where, share, cells, 0, 0, cv::INTER_AREA);
  return cv::Mat1b(share >= 128);
}

// The cells that a fault touches, and those next to it that are not inspected for its sake.
cv::Mat1b cells_around(const cv::Mat1b& where, const cv::Size& cells) {
  cv::Mat1f share;
  where.convertTo(share, CV_32F);
  cv::resize(share, share, cells, 0, 0, cv::INTER_AREA);
  cv::Mat1b touched(share > 0);
  const int side = 2 * kUninspectedMarginCells + 1;
  cv::dilate(touched, touched, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  return touched;
}

}  // namespace

Coverage measure_coverage(const Evidence& evidence, const cv::Mat1b& board, const imaging::NormalizedPair& pair,
                          const std::vector<imaging::FaultyPlaces>& faults, const cv::Mat1b& ignored) {
  const cv::Size cells = evidence.inspected.size();
  const auto modality = pair.reference.channels() == 1 ? imaging::Modality::xray : imaging::Modality::photo;
  cv::Mat1b on_board;
  cv::Mat1b seen;
  // Cells cover whole multiples of their side; what is left over at the far edges belongs to none.
  const cv::Rect whole(0, 0, cells.width * evidence.cell_px, cells.height * evidence.cell_px);
  cv::resize(board(whole), on_board, cells, 0, 0, cv::INTER_NEAREST);
  cv::resize(pair.seen(whole), seen, cells, 0, 0, cv::INTER_NEAREST);
  const double total = std::max(1, cv::countNonZero(on_board));
  const cv::Mat inspected = evidence.inspected & on_board;
  const cv::Mat1b masked(cells_in(ignored(whole), cells) & on_board);
  const double reference_px_per_cell = evidence.cell_px / pair.scale;
  Coverage coverage;
  coverage.inspected = cv::countNonZero(inspected) / total;
  coverage.masked = cv::countNonZero(masked) / total;
  coverage.not_inspected = 1 - coverage.inspected - coverage.masked;
  const auto outline = [&](const cv::Mat1b& where, const std::string& why) {
    for (Region& region : outlines(where, why, reference_px_per_cell)) {
      coverage.not_inspected_regions.push_back(std::move(region));
    }
  };
  // The first reason counts where there are several.
  cv::Mat1b unexplained(on_board & seen & ~evidence.inspected & ~masked);
  const auto explain = [&](const cv::Mat1b& pixels, const std::string& why) {
    const cv::Mat1b cells_there(cells_around(pixels(whole), cells) & unexplained);
    outline(cells_there, why);
    unexplained.setTo(0, cells_there);
  };
  for (const imaging::FaultyPlaces& faulty : faults) {
    explain(faulty.where, reason_for(faulty, modality));
  }
  explain(ignored, "beside an ignored region");
  outline(cv::Mat1b(on_board & ~seen & ~masked), "not shown by the sample, or without picture in one of the files");
  outline(unexplained, "at the board's or the picture's edge");
  return coverage;
}

}  // namespace boarddiff::compare
