// SPDX-License-Identifier: Apache-2.0
#include "compare/region_network.h"

#include "imaging/base/error.h"

#include <algorithm>
#include <limits>

namespace boarddiff::compare {

namespace {

constexpr double kMostDeviations = 4;

HiddenWeights hidden_units(const Eigen::VectorXd& signs, const RegionNetwork& network) {
  const Eigen::VectorXd deviations = in_deviations(signs, network);
  HiddenWeights units = network.bias;
  for (std::size_t i = 0; i < network.signs.size(); ++i) {
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      units.at(unit) += network.signs.at(i).weights.at(unit) * deviations[static_cast<Eigen::Index>(i)];
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

Eigen::VectorXd in_deviations(const Eigen::VectorXd& signs, const RegionNetwork& network) {
  imaging::require(signs.size() >= static_cast<Eigen::Index>(network.signs.size()), "in_deviations: all signs");
  Eigen::VectorXd result(static_cast<Eigen::Index>(network.signs.size()));
  for (Eigen::Index i = 0; i < result.size(); ++i) {
    const SignRow& sign = network.signs[static_cast<std::size_t>(i)];
    result[i] = std::clamp((signs[i] - sign.mean) / sign.deviation, -kMostDeviations, kMostDeviations);
  }
  return result;
}

RegionJudgement judge(const Eigen::VectorXd& signs, const RegionNetwork& network) {
  const HiddenWeights units = hidden_units(signs, network);
  RegionJudgement judgement{.weight = sum_of(network.change, units)};
  double most = -std::numeric_limits<double>::infinity();
  for (const KindRow& row : network.kinds) {
    const double sum = sum_of(row.output, units);
    if (sum > most) {
      most = sum;
      judgement.kind = row.kind;
    }
  }
  return judgement;
}

}  // namespace boarddiff::compare
