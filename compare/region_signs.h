// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence_signs.h"
#include "compare/look_signs.h"
#include "compare/part_signs.h"

#include <Eigen/Core>

#include <string_view>

namespace boarddiff::compare {

// All that a region of a photograph is judged by: what the evidence says of it, how it looks, and last what is known of
// parts there, which without a scale is nothing.
inline constexpr int kSignsWithoutParts = kEvidenceSigns + kLookSigns;
inline constexpr int kRegionSigns = kSignsWithoutParts + kPartSigns;
using RegionSigns = Eigen::Matrix<double, kRegionSigns, 1>;

[[nodiscard]] std::string_view region_sign_name(int index);

[[nodiscard]] RegionSigns signs_of(const EvidenceRegion& region, const RegionView& view, const Evidence& evidence,
                                   const LayoutComparison& layouts, const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
