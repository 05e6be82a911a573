// SPDX-License-Identifier: Apache-2.0
#include "imaging/parallax.h"

namespace boarddiff::imaging {

Point direction_at(const Parallax& parallax, const Point& point_in_sample) {
  const Point towards = parallax.epipole_in_sample.head<2>() - parallax.epipole_in_sample.z() * point_in_sample;
  return towards.norm() > 0 ? Point(towards.normalized()) : Point(1, 0);
}

}  // namespace boarddiff::imaging
