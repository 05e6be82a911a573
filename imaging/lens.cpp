// SPDX-License-Identifier: Apache-2.0
#include "imaging/lens.h"

#include <cmath>
#include <limits>

namespace boarddiff::imaging {

RadialLens straight_lens(const cv::Size& picture) {
  return {.centre_px = {(picture.width - 1) / 2.0, (picture.height - 1) / 2.0},
          .half_diagonal_px = std::hypot(picture.width, picture.height) / 2};
}

Point bent(const RadialLens& lens, const Point& point) {
  const Point from_centre = point - lens.centre_px;
  const double r2 = from_centre.squaredNorm() / (lens.half_diagonal_px * lens.half_diagonal_px);
  return lens.centre_px + from_centre * (1 + r2 * (lens.k[0] + r2 * lens.k[1]));
}

Point straightened(const RadialLens& lens, const Point& point) {
  constexpr int kSteps = 30;
  const Point from_centre = point - lens.centre_px;
  const double wanted = from_centre.norm() / lens.half_diagonal_px;
  if (wanted == 0) {
    return point;
  }
  // Newton's method on the radius alone.
  double r = wanted;
  for (int step = 0; step < kSteps; ++step) {
    const double r2 = r * r;
    const double slope = 1 + r2 * (3 * lens.k[0] + 5 * r2 * lens.k[1]);
    if (!(slope > 1e-3)) {
      return Point::Constant(std::numeric_limits<double>::quiet_NaN());
    }
    const double change = (r * (1 + r2 * (lens.k[0] + r2 * lens.k[1])) - wanted) / slope;
    r -= change;
    if (std::abs(change) < 1e-12) {
      break;
    }
  }
  return lens.centre_px + from_centre * (r / wanted);
}

}  // namespace boarddiff::imaging
