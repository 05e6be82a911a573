// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/placement.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boarddiff::compare {

// Where a picture shows the middle of a part of the design, as a person says.
struct NamedPlace {
  std::string designator = {};
  imaging::Point picture = imaging::Point::Zero();
};

// "U1:120,340;J2:2200.5,310"; and back, nothing for what is no such text.
[[nodiscard]] std::string text_of(const std::vector<NamedPlace>& places);
[[nodiscard]] std::optional<std::vector<NamedPlace>> places_in(std::string_view text);

// The affine map through three places, or nearest to more, from the design's millimetres to pixels. Throws
// imaging::Error{invalid_option} with "--cad.places" where the design does not have such a part once on that side, or
// the parts do not lie like the places: on one line, mirrored, or with scales that differ by more than a half.
[[nodiscard]] Eigen::Matrix3d picture_from_named(const Placement& design, BoardSide side,
                                                 const std::vector<NamedPlace>& places);

}  // namespace boarddiff::compare
