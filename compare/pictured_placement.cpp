// SPDX-License-Identifier: Apache-2.0
#include "compare/pictured_placement.h"

#include "compare/like_size.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace boarddiff::compare {

namespace {

using imaging::Point;

PartInPicture in_picture(const SeenPart& seen) {
  return {.outline_px = outline_of(seen),
          .kind = seen.kind,
          .kind_confidence = seen.kind_confidence,
          .confidence = seen.confidence};
}

double direction_deg(const Point& arrow) { return std::atan2(arrow.y(), arrow.x()) * 180 / std::numbers::pi; }

// A part that no design names, as the map takes it from the picture to the board.
PlacedPart unnamed(const SeenPart& seen, std::string name, BoardSide side, const Eigen::Matrix3d& board_from_picture) {
  imaging::Polygon on_board = outline_of(seen);
  for (Point& corner : on_board) {
    corner = imaging::apply(board_from_picture, corner);
  }
  const Point along = on_board[1] - on_board[0];
  const Point across = on_board[3] - on_board[0];
  return {.designator = std::move(name),
          .side = side,
          .centre_mm = imaging::apply(board_from_picture, seen.centre),
          .angle_deg = half_turn(direction_deg(along)),
          .size_mm = Point(along.norm(), across.norm()),
          .in_design = false,
          .sighting = Sighting::seen,
          .in_picture = in_picture(seen)};
}

std::string number_name(std::size_t number) { return std::string("?").append(std::to_string(number)); }

// "?1" and so on, without those that are taken.
class Numbers {
 public:
  explicit Numbers(const Placement& design) {
    for (const PlacedPart& part : design.parts) {
      taken_.insert(part.designator);
    }
  }
  std::string next() {
    do {
      ++last_;
    } while (taken_.count(number_name(last_)) > 0);
    return number_name(last_);
  }

 private:
  std::set<std::string> taken_ = {};
  std::size_t last_ = 0;
};

}  // namespace

Placement placement_of(const PictureLayout& layout, BoardSide side) {
  Eigen::Matrix3d mm_from_px = Eigen::Matrix3d::Identity();
  // The picture's edges are half a pixel off the middles of its first and last pixels.
  if (side == BoardSide::top) {
    mm_from_px(0, 2) = 0.5;
  } else {
    mm_from_px(0, 0) = -1;
    mm_from_px(0, 2) = layout.size.width - 0.5;
  }
  mm_from_px(1, 2) = 0.5;
  mm_from_px.topRows<2>() /= layout.pixels_per_mm;
  return placement_of(layout, side, mm_from_px);
}

Placement placement_of(const PictureLayout& layout, BoardSide side, const Eigen::Matrix3d& board_from_picture) {
  Placement placement{.notes = layout.notes, .pictured = true, .places = PlacesInPicture()};
  for (const SeenPart& part : layout.parts) {
    placement.parts.push_back(unnamed(part, number_name(placement.parts.size() + 1), side, board_from_picture));
  }
  const imaging::Box picture{.x = -0.5,
                             .y = -0.5,
                             .width = static_cast<double>(layout.size.width),
                             .height = static_cast<double>(layout.size.height)};
  for (const Point& corner : imaging::corners(picture)) {
    placement.places->shown_mm.push_back(imaging::apply(board_from_picture, corner));
  }
  placement.places->likelihood = in_frame(layout.likelihood, board_from_picture.inverse());
  return placement;
}

Placement placement_of(const Placement& design, BoardSide side, const PictureLayout& layout, const DesignFit& fit) {
  Placement placement{.outline_mm = design.outline_mm, .notes = design.notes, .pictured = true};
  placement.notes.insert(placement.notes.end(), layout.notes.begin(), layout.notes.end());
  std::vector<bool> taken(layout.parts.size(), false);
  std::vector<std::optional<std::size_t>> shown(design.parts.size());
  for (const auto& matches : {fit.matches, fit.on_pads}) {
    for (const PartMatch& match : matches) {
      shown[match.placed] = match.seen;
      taken[match.seen] = true;
    }
  }
  const PartLikelihood likelihood = in_frame(layout.likelihood, fit.picture_from_board);
  for (std::size_t i = 0; i < design.parts.size(); ++i) {
    PlacedPart part = design.parts[i];
    if (part.side != side) continue;
    if (shown[i]) {
      part.sighting = Sighting::seen;
      part.in_picture = in_picture(layout.parts[*shown[i]]);
    } else if (layout.shows(imaging::apply(fit.picture_from_board, part.centre_mm))) {
      part.sighting = likelihood.within(body_mm(part)) < kUnclearPart ? Sighting::missing : Sighting::unclear;
    }
    placement.parts.push_back(std::move(part));
  }
  const Eigen::Matrix3d board_from_picture = fit.picture_from_board.inverse();
  Numbers numbers(design);
  for (std::size_t i = 0; i < layout.parts.size(); ++i) {
    if (!taken[i]) placement.parts.push_back(unnamed(layout.parts[i], numbers.next(), side, board_from_picture));
  }
  return placement;
}

}  // namespace boarddiff::compare
