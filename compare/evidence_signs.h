// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/evidence_region.h"
#include "compare/region_view.h"

#include <Eigen/Core>

#include <array>
#include <string_view>

namespace boarddiff::compare {

// What the names below say of a region: means over its cells; "over ring" means less that of a ring of two cells around
// it; "peak" the largest less the mean.
inline constexpr std::array kEvidenceSignNames = {
    std::string_view("strength"),
    std::string_view("strength over ring"),
    std::string_view("log of cells"),
    std::string_view("share of its box"),
    std::string_view("log of aspect"),
    std::string_view("difference"),
    std::string_view("difference over ring"),
    std::string_view("close"),
    std::string_view("close, peak"),
    std::string_view("around"),
    std::string_view("around, peak"),
    std::string_view("usual most"),
    std::string_view("sample structure"),
    std::string_view("sample colour"),
    std::string_view("sample coarse structure"),
    std::string_view("sample coarse colour"),
    std::string_view("sample height"),
    std::string_view("sample height over ring"),
    std::string_view("sample height gain"),
    std::string_view("sample height gain over ring"),
    std::string_view("sample hidden"),
    std::string_view("sample whitest"),
    std::string_view("reference structure"),
    std::string_view("reference colour"),
    std::string_view("reference coarse structure"),
    std::string_view("reference coarse colour"),
    std::string_view("reference height"),
    std::string_view("reference height over ring"),
    std::string_view("reference height gain"),
    std::string_view("reference height gain over ring"),
    std::string_view("reference hidden"),
    std::string_view("reference whitest"),
    std::string_view("told by layouts"),
    std::string_view("share of a body"),
    std::string_view("like lettering"),
};
inline constexpr int kEvidenceSigns = static_cast<int>(kEvidenceSignNames.size());
using EvidenceSigns = Eigen::Matrix<double, kEvidenceSigns, 1>;

// What the evidence says of a region and of the ring around it.
[[nodiscard]] EvidenceSigns evidence_signs_of(const EvidenceRegion& region, const RegionView& view,
                                              const Evidence& evidence);

}  // namespace boarddiff::compare
