// SPDX-License-Identifier: Apache-2.0
#include "datasets/design/design_from_kicad.h"

#include "datasets/design/kicad_print.h"
#include "datasets/design/kicad_shapes.h"
#include "datasets/design/seen_footprint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace boarddiff::datasets {
namespace {

using compare::KicadBoard;
using compare::KicadFootprint;
using compare::KicadPad;
using compare::KicadSide;
using imaging::Point;
using imaging::Polygon;

MaskColour mask_named(const std::string& colour) {
  constexpr std::array<std::pair<std::string_view, MaskColour>, 6> kColours = {{{"Blue", MaskColour::blue},
                                                                                {"Red", MaskColour::red},
                                                                                {"Purple", MaskColour::red},
                                                                                {"Black", MaskColour::black},
                                                                                {"White", MaskColour::white},
                                                                                {"Green", MaskColour::green}}};
  for (const auto& [name, mask] : kColours) {
    if (colour == name) return mask;
  }
  return MaskColour::green;
}

// Designs older than the attribute say it in the value: "DNP", "NA(10k)".
bool says_not_fitted(const std::string& value) {
  const std::string first = value.substr(0, value.find_first_of(" (/_"));
  constexpr std::array<std::string_view, 7> kWords = {{"DNP", "DNF", "DNI", "DNM", "NA", "NF", "dnp"}};
  return std::find(kWords.begin(), kWords.end(), first) != kWords.end();
}

// Joins a hole to the outline where they are nearest: one polygon that a filler with either rule leaves open.
void cut_out(Polygon& outline, const Polygon& hole) {
  double least = 1e30;
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    for (std::size_t j = 0; j < hole.size(); ++j) {
      const double apart = (outline[i] - hole[j]).squaredNorm();
      if (apart < least) {
        least = apart;
        from = i;
        to = j;
      }
    }
  }
  Polygon joint;
  for (std::size_t j = 0; j <= hole.size(); ++j) {
    joint.push_back(hole[(to + j) % hole.size()]);
  }
  joint.push_back(outline[from]);
  outline.insert(outline.begin() + static_cast<std::ptrdiff_t>(from) + 1, joint.begin(), joint.end());
}

Polygon round_hole(const Point& centre, double diameter) {
  constexpr int kCorners = 28;
  Polygon corners;
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2 * M_PI * i / kCorners;
    corners.push_back(centre + diameter / 2 * Point(std::cos(angle), std::sin(angle)));
  }
  return corners;
}

class DesignMaker {
 public:
  DesignMaker(const KicadBoard& board, KicadSide side) : board_(board), side_(side) {}

  BoardDesign make() {
    design_.width_mm = board_.width_mm;
    design_.depth_mm = board_.depth_mm;
    design_.mask = mask_named(side_ == KicadSide::front ? board_.front_mask : board_.back_mask);
    design_.gold_pads =
        board_.finish.find("ENIG") != std::string::npos || board_.finish.find("gold") != std::string::npos;
    design_.outline_mm = seen_polygon(board_.outline_mm);
    for (const Polygon& cutout : board_.cutouts_mm) {
      cut(seen_polygon(cutout));
    }
    design_.pours_are_final = true;
    add_copper();
    for (const KicadFootprint& footprint : board_.footprints) {
      add_footprint(footprint);
    }
    add_print(design_, board_, side_);
    return std::move(design_);
  }

 private:
  [[nodiscard]] Point seen_point(const Point& on_board) const { return seen(on_board, side_, board_.width_mm); }

  [[nodiscard]] Polygon seen_polygon(Polygon polygon) const {
    for (Point& point : polygon) {
      point = seen_point(point);
    }
    return polygon;
  }

  // Finding the nearest corners takes time: a board with more or finer holes than this has the rest filled.
  void cut(const Polygon& hole) {
    constexpr std::size_t kMostWork = 30'000'000;
    work_ += design_.outline_mm.size() * hole.size();
    if (work_ < kMostWork) cut_out(design_.outline_mm, hole);
  }

  void add_copper() {
    const std::string_view copper = side_ == KicadSide::front ? "F.Cu" : "B.Cu";
    for (const compare::KicadTrack& track : board_.tracks) {
      if (track.layer == copper) design_.traces.push_back({seen_polygon(track.points_mm), track.width_mm});
    }
    for (const compare::KicadFill& fill : board_.fills) {
      if (fill.layer == copper) design_.pours_mm.push_back(seen_polygon(fill.outline_mm));
    }
    for (const compare::KicadGraphic& graphic : board_.graphics) {
      if (graphic.layer == copper) add_drawn_copper(graphic);
    }
    for (const compare::KicadVia& via : board_.vias) {
      if (via.first_layer == copper || via.last_layer == copper) {
        design_.vias.push_back({seen_point(via.centre_mm), via.diameter_mm});
      }
    }
  }

  // Antennas, logos.
  void add_drawn_copper(const compare::KicadGraphic& graphic) {
    Polygon points = seen_polygon(graphic.points_mm);
    if (graphic.filled && points.size() > 2) design_.pours_mm.push_back(points);
    if (points.size() < 2) return;
    if (graphic.closed) points.push_back(points.front());
    if (graphic.width_mm > 0) design_.traces.push_back({std::move(points), graphic.width_mm});
  }

  void add_footprint(const KicadFootprint& footprint) {
    const SeenFootprint seen_one = seen_footprint(footprint, side_, board_.width_mm);
    const PartKind kind = kind_of(seen_one);
    add_holes(footprint, kind);
    const bool own_side = footprint.side == side_;
    if (seen_one.pads.empty() && (!own_side || kind == PartKind::nothing)) return;
    if (!touches_board(seen_one)) return;
    const bool fitted = kind != PartKind::nothing && !footprint.do_not_populate && !says_not_fitted(footprint.value);
    Part part;
    part.designator = footprint.reference;
    part.centre_mm = seen_one.middle_mm;
    part.angle_deg = seen_one.angle_deg;
    part.populated = fitted && (own_side || seen_one.wired);
    PartShape shape = bare_footprint(seen_one);
    if (part.populated) shape = own_side ? part_on(seen_one, kind) : solder_side_of(seen_one);
    if (part.populated && own_side) part.marking = marking_of(kind, footprint.value);
    part.own_shape = std::make_shared<const PartShape>(std::move(shape));
    design_.parts.push_back(std::move(part));
  }

  // Drawings beside the board, parts of other boards of a panel.
  [[nodiscard]] bool touches_board(const SeenFootprint& footprint) const {
    const imaging::Box board{0, 0, design_.width_mm, design_.depth_mm};
    const double reach = footprint.body_mm.norm() / 2;
    const Point& middle = footprint.middle_mm;
    return imaging::intersection(board, {middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach}).area() > 0;
  }

  void add_holes(const KicadFootprint& footprint, PartKind kind) {
    constexpr double kScrew_mm = 2.0;
    for (const KicadPad& pad : footprint.pads) {
      const double drill = pad.drill_mm.minCoeff();
      if (drill <= 0) continue;
      const Point centre = seen_point(footprint.on_board(pad.position_mm));
      if (pad.kind == KicadPad::Kind::bare_hole) {
        cut(round_hole(centre, drill));
      } else if (kind == PartKind::nothing && drill >= kScrew_mm) {
        design_.holes.push_back({centre, drill});
      } else {
        // A via's hole is 0.45 of its diameter.
        design_.vias.push_back({centre, std::min(drill / 0.45, pad.size_mm.minCoeff())});
      }
    }
  }

  const KicadBoard& board_;
  KicadSide side_;
  std::size_t work_ = 0;
  BoardDesign design_ = {};
};

}  // namespace

BoardDesign design_from_kicad(const KicadBoard& board, KicadSide side) { return DesignMaker(board, side).make(); }

}  // namespace boarddiff::datasets
