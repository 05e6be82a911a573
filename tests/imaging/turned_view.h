// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/board_image.h"

#include <Eigen/Core>

#include <cstdint>

namespace boarddiff::test {

// A plane picture and the same turned about its middle and slightly tilted: the truth to a fraction of a pixel.
struct TurnedView {
  imaging::BoardImage reference = {};
  imaging::BoardImage sample = {};
  Eigen::Matrix3d sample_from_reference = Eigen::Matrix3d::Identity();
};

[[nodiscard]] TurnedView view_of(double angle_deg, std::uint64_t seed);

}  // namespace boarddiff::test
