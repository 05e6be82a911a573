// SPDX-License-Identifier: Apache-2.0
#include "compare/region_network.h"

#include <algorithm>

namespace boarddiff::compare {

namespace {

constexpr double kMostDeviations = 4;

HiddenWeights hidden_units(const RegionSigns& signs, const RegionNetwork& network) {
  const RegionSigns deviations = in_deviations(signs, network);
  HiddenWeights units = network.bias;
  for (std::size_t i = 0; i < network.signs.size(); ++i) {
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      units.at(unit) += network.signs.at(i).weights.at(unit) * deviations[static_cast<int>(i)];
    }
  }
  for (double& unit : units) unit = std::max(0.0, unit);
  return units;
}

double sum_of(const OutputRow& row, const HiddenWeights& units) {
  double sum = row.bias;
  for (std::size_t unit = 0; unit < units.size(); ++unit) sum += row.weights.at(unit) * units.at(unit);
  return sum;
}

}  // namespace

RegionSigns in_deviations(const RegionSigns& signs, const RegionNetwork& network) {
  RegionSigns result;
  for (int i = 0; i < kRegionSigns; ++i) {
    const SignRow& sign = network.signs.at(static_cast<std::size_t>(i));
    result[i] = std::clamp((signs[i] - sign.mean) / sign.deviation, -kMostDeviations, kMostDeviations);
  }
  return result;
}

RegionJudgement judge(const RegionSigns& signs, const RegionNetwork& network) {
  const HiddenWeights units = hidden_units(signs, network);
  std::array<double, kKinds> kinds = {};
  std::transform(network.kinds.begin(), network.kinds.end(), kinds.begin(),
                 [&](const OutputRow& row) { return sum_of(row, units); });
  const auto likeliest = static_cast<std::size_t>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
  return {.weight = sum_of(network.change, units), .kind = kTellableKinds.at(likeliest)};
}

}  // namespace boarddiff::compare
