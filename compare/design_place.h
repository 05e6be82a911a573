// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/design_guesses.h"
#include "compare/known_design.h"
#include "imaging/base/frames.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Spelt as in report.json.
enum class DesignedThere { nothing, part, unpopulated };
inline constexpr std::array kDesignedThere = {DesignedThere::nothing, DesignedThere::part, DesignedThere::unpopulated};
[[nodiscard]] std::string_view name_of(DesignedThere there);

struct NearDesignator {
  std::string designator = {};
  double distance_mm = 0;   // from the place to the middle of the part
  std::string beside = {};  // "2.3 mm right of C221", as seen from the top
};

// A place of a board as its design names it.
struct DesignPlace {
  BoardSide side = BoardSide::top;
  imaging::Point centre_mm = imaging::Point::Zero();  // in the design's frame
  DesignedThere there = DesignedThere::nothing;       // whether the design has a part there, or pads that stay empty
  std::string designator = {};                        // of that part; empty where it has none
  std::vector<NearDesignator> near = {};              // the other parts nearest to it, the nearest first; at most two
};

// A design that fits, to be asked for places of the picture that it was laid on.
class DesignPlaces {
 public:
  // `design` lives as long as this.
  explicit DesignPlaces(const KnownDesign& design);

  // `reference_box`: pixels of that picture. A part, or its empty pads, are there where they cover the middle of the
  // box, or where the box covers their middle; of several the one whose middles are the nearest.
  [[nodiscard]] DesignPlace at(const imaging::Box& reference_box) const;

 private:
  const KnownDesign& design_;
  std::vector<FacedPart> parts_ = {};  // of the side, fitted or not
};

// "at U7, 2.3 mm right of C221"; empty where the design names no part of that side.
[[nodiscard]] std::string near_text(const DesignPlace& place);

// "The design has U7 here."
[[nodiscard]] std::string sentence_on(const DesignPlace& place);

}  // namespace boarddiff::compare
