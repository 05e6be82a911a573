// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_network.h"
#include "compare/xray_signs.h"
#include "tests/acceptance/trials/finding_trial.h"

#include <string>
#include <vector>

namespace boarddiff::trials {

// A network of compare/region_network.h: what it is called there, which pictures it judges, how many of their signs,
// from the first on, it goes by, and which kinds it tells apart.
struct NetworkPlan {
  std::string name = {};
  imaging::Modality modality = imaging::Modality::photo;
  int signs = compare::kRegionSigns;
  std::vector<compare::FindingKind> kinds = {compare::kPhotoKinds.begin(), compare::kPhotoKinds.end()};
  int networks = 4;  // that are joined
  int units = 16;    // hidden ones of each of them
  // Of weights, against the sum of all losses. Strong: boards of other styles than those of the trials are to be judged
  // as well.
  double decay = 30;
  // Each time a region is learnt from, each sign is off by up to so many deviations: other cameras measure the same
  // place a little differently, and nothing is to hang on the exact value of a sign. More for X-rays: cabinets differ
  // more than cameras do, and so does the solder of two units.
  double blur = 0.35;
};
inline const NetworkPlan kPhotoNetwork = {.name = "photo_network", .signs = compare::kSignsWithoutParts};
inline const NetworkPlan kPhotoPartsNetwork = {.name = "photo_parts_network"};
inline const NetworkPlan kXrayNetwork = {.name = "xray_network",
                                         .modality = imaging::Modality::xray,
                                         .signs = compare::kXraySigns,
                                         .kinds = {compare::kXrayKinds.begin(), compare::kXrayKinds.end()},
                                         .units = 64,
                                         .blur = 0.7};

// The network that makes the truth of the regions of its pictures likely: which of them hit a change, and of which
// kind, where they hit changes of one kind alone. Trials in which nothing is known of parts say nothing about a network
// that goes by them. Several networks that start from other numbers are fitted by Adam (Kingma and Ba, ICLR 2015), with
// weight decay, and joined to one that says what they say on average. The same trials give the same network.
[[nodiscard]] compare::RegionNetwork fitted_network(const std::vector<FindingTrial>& trials, const NetworkPlan& plan);

// As source text, which compare/ holds under its name.
[[nodiscard]] std::string network_text(const compare::RegionNetwork& network, const NetworkPlan& plan);

}  // namespace boarddiff::trials
