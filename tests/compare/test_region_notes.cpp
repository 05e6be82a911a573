// SPDX-License-Identifier: Apache-2.0
#include "compare/region_notes.h"

#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include <string>
#include <vector>

using boarddiff::compare::MarkedRegion;
using boarddiff::compare::notes_on_regions;
using Texts = std::vector<std::string>;

namespace {

// The left half of a picture of 80 x 40.
cv::Mat1b left_board() {
  cv::Mat1b board(40, 80, uchar{0});
  board(cv::Rect(0, 0, 40, 40)) = 255;
  return board;
}

MarkedRegion square_at(double left) {
  return {.reference_rings = {{{left, 10}, {left + 8, 10}, {left + 8, 18}, {left, 18}}}};
}

}  // namespace

TEST_CASE("that much of the board is ignored is noted", "[compare][region_notes]") {
  const boarddiff::compare::MarkedRegions regions = {
      .ignored = {.sources = {{.name = "keep.geojson"}}, .regions = {square_at(4)}}};
  CHECK(notes_on_regions(regions, 0.12, left_board(), 1) ==
        Texts{"12 % of the board is ignored (--ignore keep.geojson): nothing there was inspected."});
  CHECK(notes_on_regions(regions, 0.05, left_board(), 1).empty());
}

TEST_CASE("regions off the board are counted in a note", "[compare][region_notes]") {
  CHECK(notes_on_regions({.ignored = {.sources = {{.name = "a.png"}}, .regions = {square_at(4), square_at(60)}}}, 0,
                         left_board(), 1) == Texts{"Of the regions of --ignore a.png 1 of 2 lies off the board."});
  CHECK(notes_on_regions({.watched = {.sources = {{.name = "w.json"}}, .regions = {square_at(50), square_at(900)}}}, 0,
                         left_board(), 1) == Texts{"Of the regions of --watch w.json 2 of 2 lie off the board."});
  // In a reference twice as large the same pixels lie on the left.
  CHECK(
      notes_on_regions({.watched = {.sources = {{.name = "w.json"}}, .regions = {square_at(50)}}}, 0, left_board(), 0.5)
          .empty());
}

TEST_CASE("a file without a region is noted, no file is not", "[compare][region_notes]") {
  CHECK(notes_on_regions({.watched = {.sources = {{.name = "empty.json"}}}}, 0, left_board(), 1) ==
        Texts{"--watch empty.json marks nothing."});
  CHECK(notes_on_regions({}, 0, left_board(), 1).empty());
}
