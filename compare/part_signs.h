// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/changed_body.h"
#include "compare/pair_parts.h"

#include <Eigen/Core>

#include <array>
#include <string_view>

namespace boarddiff::compare {

// What the network that knows parts (part_network.h) sees at a region's body in both pictures; likelihoods from 0 to 1.
// "Around" is a ring of half a millimetre and two pixels; "most" is that of any place of the body.
inline constexpr std::array kPartSignNames = {
    std::string_view("reference part"),        std::string_view("sample part"),
    std::string_view("reference part around"), std::string_view("sample part around"),
    std::string_view("part appeared, most"),   std::string_view("part disappeared, most"),
    std::string_view("log of width in mm"),
};
inline constexpr int kPartSigns = static_cast<int>(kPartSignNames.size());
using PartSigns = Eigen::Matrix<double, kPartSigns, 1>;

// All 0 where nothing is known of parts, and outside the pictures.
[[nodiscard]] PartSigns part_signs_of(const ChangedBody& body, const PairParts& parts);

}  // namespace boarddiff::compare
