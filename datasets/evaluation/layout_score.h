// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/picture_layout.h"
#include "compare/placement.h"
#include "datasets/board_pair.h"

#include <vector>

namespace boarddiff::datasets {

// How well the parts found in a picture are those on the board; counts, to be added up.
struct LayoutScore {
  int true_parts = 0;
  int found_parts = 0;
  int matched = 0;  // of either
  int true_ics = 0;
  int matched_ics = 0;
  int kinds_right = 0;  // of those matched

  LayoutScore& operator+=(const LayoutScore& other);
  [[nodiscard]] double recall() const;     // 0 to 1; 1 where there is nothing to find
  [[nodiscard]] double precision() const;  // 0 to 1; 1 where nothing was found
};

// Which outline of a true component is that in the picture.
enum class PictureOf { reference, sample };

// Parts are matched one to one, the most alike first, where the area they share is at least 0.4 of what they cover
// together (IoU). What is not fitted, not in the picture, or for
// the most part behind a larger part is no true part.
[[nodiscard]] LayoutScore score_layout(const std::vector<compare::SeenPart>& found,
                                       const std::vector<TrueComponent>& components, PictureOf picture);

// The board's design as a design file would say it.
[[nodiscard]] compare::Placement placement_of(const std::vector<TrueComponent>& components);

}  // namespace boarddiff::datasets
