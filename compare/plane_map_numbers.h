// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imaging/plane_map.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace boarddiff::compare {

// A plane map as a row of numbers, for files: of the reference's lens the centre, half the diagonal and the two
// coefficients, the homography row by row, the sample's lens, and of the residual the origin, half the side, and the
// shifts along x and along y.
inline constexpr std::size_t kPlaneMapNumbers = 5 + 9 + 5 + 3 + 2 * imaging::SmoothResidual::kTerms;

[[nodiscard]] std::vector<double> numbers_of(const imaging::PlaneMap& map);

// Nothing for numbers that are no map: too few, too many, not finite, or a lens or side of no size.
[[nodiscard]] std::optional<imaging::PlaneMap> plane_map_of(const std::vector<double>& numbers);

}  // namespace boarddiff::compare
