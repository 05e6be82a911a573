// SPDX-License-Identifier: Apache-2.0
#include "compare/region_score.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

// This and the rates were printed by `finding_trials --fit`, from 200 rendered pairs of three styles of boards.
constexpr SignWeights kPhotoWeights = {.bias = -2.094, .signs = {{
    {1.1370, 0.5314, 1.771},  // strength
    {0.5774, 0.4742, -1.190},  // strength over ring
    {5.0629, 1.0507, 0.034},  // log of cells
    {0.5343, 0.1879, 0.028},  // share of its box
    {0.5582, 0.4893, -0.190},  // log of aspect
    {0.3553, 0.2109, 0.663},  // difference
    {0.2060, 0.1855, -0.949},  // difference over ring
    {0.2071, 0.0748, -1.015},  // close
    {0.0312, 0.0223, 0.391},  // close, peak
    {0.1769, 0.0612, 0.960},  // around
    {0.0120, 0.0118, 0.253},  // around, peak
    {0.3646, 0.1056, -0.819},  // usual most
    {0.2512, 0.1162, 0.407},  // sample structure
    {0.0636, 0.0803, 0.167},  // sample colour
    {0.2254, 0.1148, 0.164},  // sample coarse structure
    {0.0525, 0.0690, 0.582},  // sample coarse colour
    {1.0603, 1.8276, -0.309},  // sample height
    {0.1808, 0.7824, 0.323},  // sample height over ring
    {0.0532, 0.1136, -0.364},  // sample height gain
    {0.0147, 0.0649, 0.099},  // sample height gain over ring
    {0.1013, 0.2843, 0.035},  // sample hidden
    {0.3990, 0.1713, 0.140},  // sample whitest
    {0.2502, 0.1107, 0.203},  // reference structure
    {0.0607, 0.0676, -0.028},  // reference colour
    {0.2249, 0.1092, 0.125},  // reference coarse structure
    {0.0495, 0.0567, -0.139},  // reference coarse colour
    {1.0859, 1.8457, -0.254},  // reference height
    {0.1876, 0.8291, 0.269},  // reference height over ring
    {0.0499, 0.1045, -0.364},  // reference height gain
    {0.0132, 0.0608, 0.215},  // reference height gain over ring
    {0.1289, 0.3626, 0.089},  // reference hidden
    {0.3983, 0.1736, 0.045},  // reference whitest
    {0.0335, 0.1798, 0.038},  // told by layouts
    {0.1615, 0.1854, 0.081},  // share of a body
    {0.4311, 0.4952, 0.046},  // like lettering
}}};

// Fitted to the false calls on boards that the weights were not fitted to.
constexpr CallRate kPhotoRate = {0.651, 1.093};
constexpr CallRate kXrayRate = {1.2, 4};

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
