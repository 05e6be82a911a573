// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <Eigen/Core>
namespace boarddiff::imaging {

// Where what stands on the board is displaced to in the sample, against the map of the board's plane: towards or away
// from one point, the epipole, which is where the reference's camera would be seen (plane and parallax: Irani and
// Anandan 1996, "Parallax geometry of pairs of points for 3D scene analysis").
struct Parallax {
  bool known = false;  // the pictures show enough tall parts from different enough directions
  Eigen::Vector3d epipole_in_sample = Eigen::Vector3d::UnitX();  // homogeneous, sample pixels; may lie at infinity
  bool upward_known = false;  // which of the two senses is away from the board; then +1 along direction_at is upward
};

// The unit vector along which a place of the plane at this point of the sample moves when it is raised.
[[nodiscard]] Point direction_at(const Parallax& parallax, const Point& point_in_sample);

}  // namespace boarddiff::imaging
