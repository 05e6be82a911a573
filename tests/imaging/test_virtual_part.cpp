// SPDX-License-Identifier: Apache-2.0
#include "imaging/virtual_part.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace imaging = boarddiff::imaging;
using imaging::Box;
using imaging::VirtualPart;

namespace {

Box outline_of(const VirtualPart& part) {
  std::vector<imaging::Point> points;
  for (const imaging::PartPiece& piece : imaging::pieces_of(part)) {
    for (const imaging::Point& corner : imaging::corners(piece.box_mm)) {
      points.push_back(corner);
    }
  }
  return imaging::bounding_box(points);
}

}  // namespace

TEST_CASE("A chip is its body between two caps, and both together are as long as stated") {
  const imaging::TwoTerminalChip chip = imaging::two_terminal_chip(1.6, 0.8);
  CHECK(chip.caps[0].x == Approx(-0.8));
  CHECK(chip.caps[1].x + chip.caps[1].width == Approx(0.8));
  CHECK(chip.caps[0].height == Approx(0.8));
  CHECK(imaging::intersection(chip.body, chip.caps[0]).area() > 0);
  CHECK(chip.body.x > chip.caps[0].x);
  CHECK(chip.solder[1].x + chip.solder[1].width > 0.8);
}

TEST_CASE("A body with leads lies within its stated size, its leads along both long sides") {
  const VirtualPart part{.length_mm = 6, .width_mm = 5, .height_mm = 0.9};
  const Box outline = outline_of(part);
  CHECK(outline.width == Approx(6));
  CHECK(outline.height == Approx(5));
  const std::vector<imaging::PartPiece> pieces = imaging::pieces_of(part);
  const auto leads = std::count_if(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.metal; });
  CHECK(leads == 8);
}

TEST_CASE("A small circuit has more leads than a chip has terminals, and they do not touch") {
  const std::vector<imaging::PartPiece> pieces = imaging::pieces_of({.length_mm = 3, .width_mm = 3, .height_mm = 0.9});
  std::vector<Box> leads;
  for (const imaging::PartPiece& piece : pieces) {
    if (piece.metal) {
      leads.push_back(piece.box_mm);
    }
  }
  REQUIRE(leads.size() > 4);
  for (std::size_t i = 0; i + 1 < leads.size(); ++i) {
    CHECK(imaging::intersection(leads[i], leads[i + 1]).area() == 0);
  }
}
