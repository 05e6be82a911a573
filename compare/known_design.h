// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/lay_design.h"
#include "compare/placement.h"

#include <string>
#include <vector>

namespace boarddiff::compare {

// The design of a board as a file gives it, and which of its sides the pictures show.
struct DesignFile {
  std::string name = {};    // without folders
  std::string sha256 = {};  // of its bytes
  BoardSide side = BoardSide::top;
  std::vector<NamedPlace> places = {};  // where the first board's picture shows parts of it; empty: it is looked for
  Placement placement = {};
};

// A design that was laid on the picture of a known-good board; where it does not fit, the fit says why.
struct KnownDesign {
  DesignFile file = {};
  LaidDesign laid = {};
};

}  // namespace boarddiff::compare
