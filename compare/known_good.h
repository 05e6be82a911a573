// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_design.h"
#include "compare/variation.h"
#include "imaging/base/execution.h"
#include "imaging/board_image.h"
#include "imaging/features.h"
#include "imaging/plane_map.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace boarddiff::compare {

// What a sample is compared with: one known-good board, or several of one design.
struct KnownGood {
  bool enrolled = false;  // comes from a reference file; else the boards are one picture alone
  std::string name = {};  // as enrolled; may be empty
  std::string note = {};
  std::vector<imaging::BoardImage> boards = {};  // not empty; all in the frame of the first one and of its size
  // Of the pictures in `boards`, as enrolled: one a board, nothing where none are known; or empty.
  std::vector<std::optional<imaging::PreparedFeatures>> features = {};
  std::optional<KnownDesign> design = {};  // of the boards, laid on the first
  std::vector<Variation> variations = {};  // what the first one may look like as well
};

// The same with a design laid on the picture of the first board (lay_design), which takes the design's scale where it
// has none; at the places that come with the design, else those of the options. Where the design does not fit, the fit
// says why, and the picture stays as it is. Throws as lay_design does.
[[nodiscard]] KnownGood with_design(KnownGood known_good, DesignFile file, const PartOptions& parts = {},
                                    const DesignFitOptions& options = {}, const imaging::Execution& execution = {});

// Of one of the boards; nothing where none are known.
[[nodiscard]] std::optional<imaging::PreparedFeatures> features_of(const KnownGood& known_good, std::size_t board);

// Pictures of several boards, and where points of the first one's plane lie in each.
struct LaidBoards {
  std::vector<imaging::BoardImage> pictures = {};
  std::vector<imaging::PlaneMap> from_first =
      {};  // to_sample() takes points of the first; that of the first is not used
};

// The pictures of these boards (by index, not empty) in the frame of the first of them, in this order. A place that a
// picture does not show is not usable. Their scale is that of the frame.
[[nodiscard]] std::vector<imaging::BoardImage> in_one_frame(const LaidBoards& boards,
                                                            const std::vector<std::size_t>& members);

}  // namespace boarddiff::compare
