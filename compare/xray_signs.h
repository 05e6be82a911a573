// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/attenuation_evidence.h"
#include "compare/attenuation_region.h"

#include <Eigen/Core>

#include <array>
#include <string_view>

namespace boarddiff::compare {

// What a region of a pair of X-rays is judged by. Means over its pixels, or over those of a ring around it; lengths in
// pixels; "same" is what is unexplained in the region's own sense, "opposite" in the other; "alike": the correlation of
// both pictures there, -1 to 1.
inline constexpr std::array kXraySignNames = {
    std::string_view("log of peak"),
    std::string_view("deviations"),
    std::string_view("log of unexplained"),
    std::string_view("log of unexplained, wide"),
    std::string_view("log of unexplained, wide and far"),
    std::string_view("log of pixels"),
    std::string_view("log of half width"),
    std::string_view("log of length"),
    std::string_view("log of width"),
    std::string_view("share of its rectangle"),
    std::string_view("reference"),
    std::string_view("sample"),
    std::string_view("structure"),
    std::string_view("ground"),
    std::string_view("reference of ring"),
    std::string_view("sample of ring"),
    std::string_view("detail"),
    std::string_view("detail of ring"),
    std::string_view("difference"),
    std::string_view("difference of ring"),
    std::string_view("spread of difference"),
    std::string_view("size of difference of ring"),
    std::string_view("spread of reference"),
    std::string_view("spread of sample"),
    std::string_view("log of opposite in ring"),
    std::string_view("log of most opposite"),
    std::string_view("log of same in ring"),
    std::string_view("log of deviation"),
    std::string_view("removed"),
    std::string_view("log of unexplained over structure"),
    std::string_view("alike"),
};
inline constexpr int kXraySigns = static_cast<int>(kXraySignNames.size());
using XraySigns = Eigen::Matrix<double, kXraySigns, 1>;

[[nodiscard]] XraySigns xray_signs_of(const AttenuationRegion& region, const AttenuationEvidence& evidence);

}  // namespace boarddiff::compare
