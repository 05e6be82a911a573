// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "compare/region_signs.h"

#include <Eigen/Core>

#include <array>

namespace boarddiff::compare {

// The kinds that signs tell apart.
inline constexpr std::array kTellableKinds = {
    FindingKind::extra_component, FindingKind::missing_component, FindingKind::replaced_component,
    FindingKind::moved_component, FindingKind::extra_wire,        FindingKind::changed_trace,
    FindingKind::changed_surface, FindingKind::changed_marking,
};
inline constexpr int kKinds = static_cast<int>(kTellableKinds.size());
inline constexpr int kHiddenUnits = 64;

using HiddenWeights = std::array<double, kHiddenUnits>;

// A sign, and what it adds to the hidden units.
struct SignRow {
  double mean = 0;             // of the sign, over the regions that the weights were fitted to
  double deviation = 1;        // its standard deviation there
  HiddenWeights weights = {};  // of one deviation from the mean
};

struct OutputRow {
  double bias = 0;
  HiddenWeights weights = {};
};

// A network with one hidden layer: a hidden unit is what its signs add up to, or 0 where that is less; an output is a
// weighted sum of hidden units.
struct RegionNetwork {
  std::array<SignRow, kRegionSigns> signs = {};
  HiddenWeights bias = {};
  OutputRow change = {};
  std::array<OutputRow, kKinds> kinds = {};  // in the order of kTellableKinds
};

// What was fitted to pairs of rendered boards, by tests/acceptance/fit_weights.sh: one to the first kSignsWithoutParts
// signs, whose other rows are 0, and one to all of them, for where parts are known.
[[nodiscard]] const RegionNetwork& photo_network();
[[nodiscard]] const RegionNetwork& photo_parts_network();

// Each sign as deviations from its mean. Far outside what the network was fitted to it says no more than at the end.
[[nodiscard]] RegionSigns in_deviations(const RegionSigns& signs, const RegionNetwork& network);

struct RegionJudgement {
  double weight = 0;                                // the logarithm of the odds that the region is a change
  FindingKind kind = FindingKind::changed_surface;  // the likeliest one if it is; the first of equals
};
[[nodiscard]] RegionJudgement judge(const RegionSigns& signs, const RegionNetwork& network);

}  // namespace boarddiff::compare
