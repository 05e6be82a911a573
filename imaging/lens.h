// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/base/frames.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace boarddiff::imaging {

// Radial distortion of one picture, about its middle (Brown 1966, "Decentering distortion of lenses", without the
// decentering): a point at c + u, with u in units of half the picture's diagonal, moves to
// c + u * (1 + k[0] * |u|^2 + k[1] * |u|^4). Telephones and compact cameras have |k| of a few hundredths.
struct RadialLens {
  Point centre_px = Point::Zero();
  double half_diagonal_px = 1;
  Eigen::Vector2d k = Eigen::Vector2d::Zero();
};

// About the middle of a picture of that size, without distortion.
[[nodiscard]] RadialLens straight_lens(const cv::Size& picture);

[[nodiscard]] Point bent(const RadialLens& lens, const Point& point);

// The point that bent() takes to this one. NaN where there is none: beyond the radius at which the polynomial turns.
[[nodiscard]] Point straightened(const RadialLens& lens, const Point& point);

}  // namespace boarddiff::imaging
