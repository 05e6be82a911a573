// SPDX-License-Identifier: Apache-2.0
#include "compare/design_place.h"

#include "compare/nearest_part.h"
#include "imaging/base/error.h"

#include <Eigen/LU>

#include <cmath>
#include <cstddef>
#include <numbers>

namespace boarddiff::compare {

namespace {

using imaging::Point;

constexpr double kTerminals_mm = 0.3;     // that reach out of a body on either side
constexpr double kUnknownHalfSide = 0.5;  // mm; of a part whose size no one says

// Whether the part covers a place of the side as seen from above it.
bool covers(const FacedPart& part, const Point& faced_mm) {
  const Point half =
      (part.sides_mm ? Point(*part.sides_mm / 2) : Point::Constant(kUnknownHalfSide).eval()).array() + kTerminals_mm;
  const double angle = part.angle_deg * std::numbers::pi / 180;
  const Point off = faced_mm - part.centre_mm;
  const double along = std::cos(angle) * off.x() + std::sin(angle) * off.y();
  const double across = std::cos(angle) * off.y() - std::sin(angle) * off.x();
  return std::abs(along) <= half.x() && std::abs(across) <= half.y();
}

bool holds(const imaging::Box& box, const Point& point) {
  return point.x() >= box.x && point.x() <= box.x + box.width && point.y() >= box.y && point.y() <= box.y + box.height;
}

}  // namespace

std::string_view name_of(DesignedThere there) {
  switch (there) {
    case DesignedThere::nothing:
      return "nothing";
    case DesignedThere::part:
      return "part";
    case DesignedThere::unpopulated:
      return "unpopulated";
  }
  return "nothing";
}

DesignPlaces::DesignPlaces(const KnownDesign& design) : design_(design) {
  imaging::require(design.laid.fit.fits, "DesignPlaces: the design fits");
  for (const bool populated : {true, false}) {
    const std::vector<FacedPart> some = faced_parts(design.file.placement, design.file.side, populated);
    parts_.insert(parts_.end(), some.begin(), some.end());
  }
}

DesignPlace DesignPlaces::at(const imaging::Box& reference_box) const {
  const Placement& placement = design_.file.placement;
  const Eigen::Matrix3d& reference_from_board = design_.laid.fit.picture_from_board;
  const Eigen::Matrix3d board_from_side = board_from_faced(design_.file.side);
  DesignPlace place{.side = design_.file.side,
                    .centre_mm = imaging::apply(reference_from_board.inverse(), reference_box.centre())};
  const Point faced_mm = imaging::apply(board_from_side.inverse(), place.centre_mm);
  const FacedPart* there = nullptr;
  for (const FacedPart& part : parts_) {
    const bool is_there = covers(part, faced_mm) ||
                          holds(reference_box, imaging::apply(reference_from_board * board_from_side, part.centre_mm));
    const auto distance = [&](const FacedPart& one) { return (one.centre_mm - faced_mm).norm(); };
    if (is_there && (there == nullptr || distance(part) < distance(*there))) there = &part;
  }
  if (there != nullptr) {
    const PlacedPart& part = placement.parts[there->placed];
    place.there = part.populated ? DesignedThere::part : DesignedThere::unpopulated;
    place.designator = has_name(part) ? part.designator : "";
  }
  constexpr std::size_t kMostNear = 2;
  for (const NearPart& near : nearest_parts(placement, place.side, place.centre_mm, kMostNear, place.designator)) {
    const PlacedPart& part = placement.parts[near.part];
    place.near.push_back({part.designator, near.distance_mm, place_beside(part, place.centre_mm)});
  }
  return place;
}

namespace {

std::string name_text(const DesignPlace& place) {
  return place.designator.empty() ? "a part without a name" : place.designator;
}

}  // namespace

std::string near_text(const DesignPlace& place) {
  std::string text;
  if (!place.designator.empty()) text.append("at ").append(place.designator);
  for (const NearDesignator& near : place.near) {
    text.append(text.empty() ? "" : ", ").append(near.beside);
  }
  return text;
}

std::string sentence_on(const DesignPlace& place) {
  switch (place.there) {
    case DesignedThere::nothing:
      return "The design has nothing here.";
    case DesignedThere::part:
      return std::string("The design has ").append(name_text(place)).append(" here.");
    case DesignedThere::unpopulated:
      return std::string("The design leaves ").append(name_text(place)).append(" unpopulated here.");
  }
  return {};
}

}  // namespace boarddiff::compare
