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
    {1.4383, 0.3789, 1.527},  // strength
    {0.6319, 0.3865, -0.307},  // strength over ring
    {2.6570, 1.3570, 0.442},  // log of cells
    {0.7389, 0.1860, 0.144},  // share of its box
    {0.5244, 0.4961, -0.273},  // log of aspect
    {0.4689, 0.1456, 0.650},  // difference
    {0.2546, 0.1294, -0.784},  // difference over ring
    {0.2263, 0.0701, -0.697},  // close
    {0.0104, 0.0103, 0.171},  // close, peak
    {0.1776, 0.0601, 1.105},  // around
    {0.0037, 0.0054, 0.012},  // around, peak
    {0.3237, 0.0984, -1.036},  // usual most
    {0.3292, 0.1257, 0.404},  // sample structure
    {0.0936, 0.0890, 0.217},  // sample colour
    {0.3044, 0.1134, 0.023},  // sample coarse structure
    {0.0767, 0.0745, 0.213},  // sample coarse colour
    {1.4235, 2.2178, 0.037},  // sample height
    {0.2653, 1.0118, 0.178},  // sample height over ring
    {0.0704, 0.1396, -0.597},  // sample height gain
    {0.0198, 0.0756, 0.168},  // sample height gain over ring
    {0.0836, 0.3602, 0.032},  // sample hidden
    {0.3406, 0.1874, 0.231},  // sample whitest
    {0.3348, 0.1211, 0.258},  // reference structure
    {0.0941, 0.0846, 0.065},  // reference colour
    {0.3054, 0.1051, -0.026},  // reference coarse structure
    {0.0763, 0.0679, -0.266},  // reference coarse colour
    {1.4623, 2.2887, -0.093},  // reference height
    {0.3116, 1.1332, 0.232},  // reference height over ring
    {0.0598, 0.1154, -0.377},  // reference height gain
    {0.0150, 0.0632, 0.237},  // reference height gain over ring
    {0.1140, 0.4590, 0.088},  // reference hidden
    {0.3356, 0.1852, 0.074},  // reference whitest
    {0.0139, 0.1171, 0.198},  // told by layouts
    {0.2160, 0.2606, 0.074},  // share of a body
    {0.1197, 0.3247, -0.016},  // like lettering
}}};
// clang-format on

// Fitted to the false calls on boards that the weights were not fitted to.
constexpr CallRate kPhotoRate = {0.106, 1.014};
constexpr CallRate kXrayRate = {3.623, 7.997};

constexpr double kMostDeviations = 4;

// X-rays: lines and points without a body, and bodies that the layouts tell of as well.
constexpr double kWithoutBody = 0.65;
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
  strength *= kind.layout_change ? kSupport : 1;
  strength *= kind.body.share < kLeastBodyShare ? kWithoutBody : 1;
  constexpr double kLeast = 1e-6;
  return std::log(std::max(strength, kLeast));
}

double false_calls_from(double weight, imaging::Modality modality) {
  const CallRate& rate = modality == imaging::Modality::xray ? kXrayRate : kPhotoRate;
  return std::exp(rate.offset - rate.slope * weight);
}

double score_at(double false_calls_a_board) {
  constexpr double kAtHalf = 0.2;
  return kAtHalf / (kAtHalf + false_calls_a_board);
}

}  // namespace boarddiff::compare
