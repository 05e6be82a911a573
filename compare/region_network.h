// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "compare/region_signs.h"

#include <Eigen/Core>

#include <array>
#include <vector>

namespace boarddiff::compare {

// The kinds that signs tell apart.
inline constexpr std::array kPhotoKinds = {
    FindingKind::extra_component, FindingKind::missing_component, FindingKind::replaced_component,
    FindingKind::moved_component, FindingKind::extra_wire,        FindingKind::changed_trace,
    FindingKind::changed_surface, FindingKind::changed_marking,
};
inline constexpr std::array kXrayKinds = {
    FindingKind::extra_component,  FindingKind::missing_component, FindingKind::replaced_component,
    FindingKind::moved_component,  FindingKind::extra_wire,        FindingKind::changed_trace,
    FindingKind::changed_interior,
};
inline constexpr int kHiddenUnits = 256;  // at most; those that a network does not need add nothing

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

struct KindRow {
  FindingKind kind = FindingKind::changed_surface;
  OutputRow output = {};
};

// A network with one hidden layer: a hidden unit is what its signs add up to, or 0 where that is less; an output is a
// weighted sum of hidden units.
struct RegionNetwork {
  std::vector<SignRow> signs = {};
  HiddenWeights bias = {};
  OutputRow change = {};
  std::vector<KindRow> kinds = {};
};

// What was fitted to pairs of rendered boards, by tests/acceptance/fit_weights.sh: one to the first kSignsWithoutParts
// signs, and one to all of them, for where parts are known; and one to the signs of X-rays.
[[nodiscard]] const RegionNetwork& photo_network();
[[nodiscard]] const RegionNetwork& photo_parts_network();
[[nodiscard]] const RegionNetwork& xray_network();

// Each sign as deviations from its mean. Far outside what the network was fitted to it says no more than at the end. Of
// more signs than the network has, the first ones.
[[nodiscard]] Eigen::VectorXd in_deviations(const Eigen::VectorXd& signs, const RegionNetwork& network);

struct RegionJudgement {
  double weight = 0;                                // the logarithm of the odds that the region is a change
  FindingKind kind = FindingKind::changed_surface;  // the likeliest one if it is; the first of equals
};
[[nodiscard]] RegionJudgement judge(const Eigen::VectorXd& signs, const RegionNetwork& network);

}  // namespace boarddiff::compare
