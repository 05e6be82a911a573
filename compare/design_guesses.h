// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/picture_layout.h"
#include "compare/placement.h"

#include <Eigen/Core>

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace boarddiff::compare {

// A part of one side, as that side is seen from above it.
struct FacedPart {
  std::size_t placed = 0;  // in Placement::parts
  imaging::Point centre_mm = imaging::Point::Zero();
  std::optional<imaging::Point> sides_mm = {};  // longer, shorter; of its body, or as its package's name says
  double angle_deg = 0;                         // of the longer side, clockwise as seen, where it is known
};
// Those that are fitted, or those that are not.
[[nodiscard]] std::vector<FacedPart> faced_parts(const Placement& design, BoardSide side, bool populated);

// The bottom is seen with left and right exchanged.
[[nodiscard]] Eigen::Matrix3d board_from_faced(BoardSide side);

// Pixels per millimetre where the map takes a point; not a number where it has no scale there.
[[nodiscard]] double scale_at(const Eigen::Matrix3d& picture_from_board, const imaging::Point& board);

// Whether two maps put a point of the design, or what is right of it, more than two millimetres apart.
[[nodiscard]] bool are_unlike(const Eigen::Matrix3d& a, const Eigen::Matrix3d& b, const imaging::Point& board);

// Whether the part may be what is seen, by the lengths of its sides.
[[nodiscard]] bool has_size_of(const SeenPart& seen, const FacedPart& part, double pixels_per_mm);

struct GuessMatch {
  std::size_t part = 0;
  std::size_t seen = 0;
  double distance_px = 0;
};

// The parts seen, to be looked up by place.
class SeenIndex {
 public:
  // Up to `reach_px`, above 0, from a place.
  SeenIndex(const std::vector<SeenPart>& seen, double reach_px);

  // Of the parts, under the map: each with the nearest seen within reach that has about its size, one to one, the
  // nearest first. `scale`: pixels per millimetre of the map.
  [[nodiscard]] std::vector<GuessMatch> matches(const std::vector<FacedPart>& parts,
                                                const Eigen::Matrix3d& picture_from_faced, double scale) const;
  // How many parts have one within reach; quicker, and not one to one.
  [[nodiscard]] int count(const std::vector<FacedPart>& parts, const Eigen::Matrix3d& picture_from_faced,
                          double scale) const;

 private:
  using Cell = std::pair<int, int>;
  [[nodiscard]] Cell cell_of(const imaging::Point& point) const;
  // The nearest of about the size, with its distance.
  struct Near {
    std::size_t seen = 0;
    double distance_px = 0;
  };
  [[nodiscard]] std::optional<Near> nearest(const imaging::Point& picture, const FacedPart& part, double scale) const;

  const std::vector<SeenPart>& seen_;
  double reach_px_;
  std::map<Cell, std::vector<std::size_t>> cells_ = {};
};

// Similarities that take the design to the picture, the most promising first, no two alike; at most twenty. Their scale
// is about that of the picture. Parts of unknown size make none.
[[nodiscard]] std::vector<Eigen::Matrix3d> guess_places(const std::vector<FacedPart>& parts,
                                                        const PictureLayout& layout);

}  // namespace boarddiff::compare
