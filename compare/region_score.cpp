// SPDX-License-Identifier: Apache-2.0
#include "compare/region_score.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

// This and the rates are printed by tests/acceptance/fit_weights.sh: mean, deviation and weight of each sign, over
// pairs of rendered boards of three styles.
// clang-format off
constexpr SignWeights kPhotoWeights = {.bias = -2.438, .signs = {{
    {1.4383, 0.3793, 1.528},  // strength
    {0.6320, 0.3867, -0.308},  // strength over ring
    {2.6567, 1.3569, 0.445},  // log of cells
    {0.7390, 0.1860, 0.145},  // share of its box
    {0.5244, 0.4960, -0.274},  // log of aspect
    {0.4690, 0.1457, 0.650},  // difference
    {0.2546, 0.1294, -0.785},  // difference over ring
    {0.2263, 0.0701, -0.697},  // close
    {0.0104, 0.0103, 0.171},  // close, peak
    {0.1776, 0.0601, 1.104},  // around
    {0.0037, 0.0054, 0.012},  // around, peak
    {0.3237, 0.0984, -1.035},  // usual most
    {0.3292, 0.1257, 0.403},  // sample structure
    {0.0936, 0.0890, 0.216},  // sample colour
    {0.3044, 0.1134, 0.023},  // sample coarse structure
    {0.0767, 0.0745, 0.213},  // sample coarse colour
    {1.4236, 2.2177, 0.037},  // sample height
    {0.2654, 1.0117, 0.178},  // sample height over ring
    {0.0704, 0.1396, -0.600},  // sample height gain
    {0.0198, 0.0756, 0.170},  // sample height gain over ring
    {0.0837, 0.3603, 0.028},  // sample hidden
    {0.3406, 0.1875, 0.231},  // sample whitest
    {0.3348, 0.1211, 0.258},  // reference structure
    {0.0941, 0.0847, 0.066},  // reference colour
    {0.3054, 0.1051, -0.026},  // reference coarse structure
    {0.0764, 0.0679, -0.267},  // reference coarse colour
    {1.4624, 2.2883, -0.093},  // reference height
    {0.3118, 1.1332, 0.232},  // reference height over ring
    {0.0598, 0.1154, -0.375},  // reference height gain
    {0.0150, 0.0632, 0.235},  // reference height gain over ring
    {0.1139, 0.4588, 0.089},  // reference hidden
    {0.3356, 0.1853, 0.074},  // reference whitest
    {0.0139, 0.1171, 0.198},  // told by layouts
    {0.2159, 0.2606, 0.074},  // share of a body
    {0.1198, 0.3247, -0.016},  // like lettering
}}};
// clang-format on

// Fitted to the false calls on boards that the weights were not fitted to.
constexpr CallRate kPhotoRate = {0.106, 1.014};
constexpr CallRate kXrayRate = {3.623, 7.997};

constexpr double kMostDeviations = 4;

// X-rays: lines and points without a body, lettering, and bodies that the layouts tell of as well.
constexpr double kWithoutBody = 0.65;
constexpr double kLikeLettering = 0.5;
constexpr double kSupport = 1.15;

}  // namespace

RegionSigns in_deviations(const RegionSigns& signs, const SignWeights& weights) {
  RegionSigns result;
  for (int i = 0; i < kRegionSigns; ++i) {
    const SignWeight& sign = weights.signs.at(static_cast<std::size_t>(i));
    result[i] = std::clamp((signs[i] - sign.mean) / sign.deviation, -kMostDeviations, kMostDeviations);
  }
  return result;
}

double weight_of(const RegionSigns& signs, const SignWeights& weights) {
  const RegionSigns deviations = in_deviations(signs, weights);
  double sum = weights.bias;
  for (int i = 0; i < kRegionSigns; ++i) {
    sum += weights.signs.at(static_cast<std::size_t>(i)).weight * deviations[i];
  }
  return sum;
}

double weight_of(const RegionSigns& signs) { return weight_of(signs, kPhotoWeights); }

double xray_weight_of(const EvidenceRegion& region, const RegionKind& kind) {
  double strength = region.strength;
  strength *= kind.supported_by_layout ? kSupport : 1;
  strength *= kind.body_share < kLeastBodyShare ? kWithoutBody : 1;
  strength *= kind.advisory ? kLikeLettering : 1;
  constexpr double kLeast = 1e-6;
  return std::log(std::max(strength, kLeast));
}

double false_calls_from(double weight, imaging::Modality modality) {
  const CallRate& rate = modality == imaging::Modality::xray ? kXrayRate : kPhotoRate;
  return std::exp(rate.offset - rate.slope * weight);
}

double score_at(double false_calls_a_board) { return kFalseCallsAtHalf / (kFalseCallsAtHalf + false_calls_a_board); }

}  // namespace boarddiff::compare
