// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence_region.h"
#include "compare/layout_diff.h"
#include "compare/region_view.h"
#include "imaging/normalized_pair.h"

#include <Eigen/Core>

#include <array>
#include <string_view>

namespace boarddiff::compare {

// How a place looks in both pictures. "Sample over reference": the logarithm of one over the other;
// "alike": the correlation of brightness, -1 to 1; shares are of the body's box.
inline constexpr std::array kLookSignNames = {
    std::string_view("log of area"),
    std::string_view("log of length over width"),
    std::string_view("log of width"),
    std::string_view("share of a body"),
    std::string_view("appeared over disappeared"),
    std::string_view("colour"),
    std::string_view("reference strokes"),
    std::string_view("sample strokes"),
    std::string_view("reference contrast"),
    std::string_view("sample contrast"),
    std::string_view("sample over reference contrast"),
    std::string_view("brighter"),
    std::string_view("brighter or darker"),
    std::string_view("reference covered"),
    std::string_view("sample covered"),
    std::string_view("sample more covered"),
    std::string_view("sample less covered"),
    std::string_view("reference coloured"),
    std::string_view("sample coloured"),
    std::string_view("alike"),
    std::string_view("alike when shifted"),
    std::string_view("alike when turned"),
    std::string_view("reference uneven"),
    std::string_view("sample uneven"),
    std::string_view("extra by layouts"),
    std::string_view("missing by layouts"),
};
inline constexpr int kLookSigns = static_cast<int>(kLookSignNames.size());
using LookSigns = Eigen::Matrix<double, kLookSigns, 1>;

// Of photographs.
[[nodiscard]] LookSigns look_signs_of(const EvidenceRegion& region, const RegionView& view,
                                      const LayoutComparison& layouts, const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
