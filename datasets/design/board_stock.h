// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/design/board_design.h"
#include "datasets/design/route_traces.h"
#include "imaging/base/random.h"

#include <vector>

namespace boarddiff::datasets {

// So many of a package, side by side where they come in gangs (memory slots, sockets), else anywhere.
struct StockItem {
  Package package = Package::r0402;
  int count = 1;
  bool in_a_gang = false;
};

// What a style of board is populated with, and how it looks.
struct BoardStock {
  imaging::Point size_mm = imaging::Point::Zero();
  std::vector<MaskColour> masks = {};  // one is drawn; named twice: twice as likely
  bool any_mask = false;               // more or less smooth than is usual for its colour, and rounded over copper
  std::vector<Package> edge = {};      // sockets along the first edge, in this order
  std::vector<StockItem> large = {};   // placed first, in this order
  std::vector<Package> small = {};     // placed beside chips, then in rows, until the share is reached
  double rows_per_cm2 = 1;
  int beside_chips = 6;           // small parts beside a chip, at most
  bool boxed_silk = false;        // small parts have a printed box
  double label_height_mm = 0.75;  // of the designators of small parts
  CopperFor copper = CopperFor::signals;
};

// `random`: for the style whose stock is drawn for each board.
[[nodiscard]] BoardStock stock_of(BoardStyle style, const imaging::Random& random);

}  // namespace boarddiff::datasets
