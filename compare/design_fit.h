// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/named_places.h"
#include "compare/picture_layout.h"
#include "compare/placement.h"
#include "imaging/base/options.h"

#include <Eigen/Core>

#include <cstddef>
#include <string>
#include <vector>

namespace boarddiff::compare {

struct DesignFitOptions {
  double max_distance_mm = 0.6;  // between the middle of a part in the design and of the one seen for it
  double min_matched_share =
      0.2;  // 0 to 1: of the parts that the picture should show; of another board's a tenth match
  std::vector<NamedPlace> places = {};  // three or more: the design lies there, whatever the picture shows
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const DesignFitOptions& options);

// A part of the design and the one that the picture shows for it; indices.
struct PartMatch {
  std::size_t placed = 0;  // in Placement::parts
  std::size_t seen = 0;    // in PictureLayout::parts
};

// How a design lies on a picture of one side of its board.
struct DesignFit {
  bool fits = false;
  std::string reason = {};                                           // why not, a sentence; empty when it fits
  Eigen::Matrix3d picture_from_board = Eigen::Matrix3d::Identity();  // pixels from the design's millimetres
  double pixels_per_mm = 0;                                          // in the middle of the parts that are seen
  std::vector<PartMatch> matches = {};                               // one to one, of parts that are fitted
  std::vector<PartMatch> on_pads = {};  // of parts that are not fitted, and yet something stands there
  int expected = 0;                     // parts of the side that are fitted and whose middle the picture shows
  double median_mm = 0;                 // of the distances of the matches
};

// Finds the design's place from its parts alone. Two parts seen, taken for two of the design of like shape, say how it
// lies; of all such guesses those that most other parts agree with are refined to a homography, in rounds. A design
// that few parts agree with, or that another place suits about as well, is refused.
// Of the bottom the picture shows the design mirrored; a picture that is mirrored itself is refused as it does not fit.
// The picture's scale must be right within a third. Where places are given (options), the guess is theirs, and nothing
// is refused; parts that are seen near their places make it better. Throws as picture_from_named does.
[[nodiscard]] DesignFit fit_design(const Placement& design, BoardSide side, const PictureLayout& layout,
                                   const DesignFitOptions& options = {});

// Which parts of a design are seen where its place in the picture is known already; nothing is refused.
// `picture_from_board` is that of a fit.
[[nodiscard]] DesignFit match_design(const Placement& design, BoardSide side, const PictureLayout& layout,
                                     const Eigen::Matrix3d& picture_from_board, const DesignFitOptions& options = {});

}  // namespace boarddiff::compare
