// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/region_kind.h"
#include "compare/region_signs.h"
#include "imaging/board_image.h"

#include <array>

namespace boarddiff::compare {

struct SignWeight {
  double mean = 0;       // of the sign, over the regions that the weights were fitted to
  double deviation = 1;  // its standard deviation there
  double weight = 0;     // of one deviation from the mean
};

struct SignWeights {
  double bias = 0;
  std::array<SignWeight, kRegionSigns> signs = {};
};

// Each sign as deviations from its mean. Far outside what the weights were fitted to it says no more than at the end.
[[nodiscard]] RegionSigns in_deviations(const RegionSigns& signs, const SignWeights& weights);

// log(false calls a board) = offset - slope * weight.
struct CallRate {
  double offset = 0;
  double slope = 1;
};

// How much speaks for a region to be a change, on a scale without limits: of photographs the logarithm of the odds,
// from signs that were weighted by logistic regression on rendered boards; of X-rays the logarithm of its strength.
[[nodiscard]] double weight_of(const RegionSigns& signs, const SignWeights& weights);
[[nodiscard]] double weight_of(const RegionSigns& signs);
[[nodiscard]] double xray_weight_of(const EvidenceRegion& region, const RegionKind& kind);

// How many false calls of at least this weight an unremarkable board makes, on average over rendered boards.
[[nodiscard]] double false_calls_from(double weight, imaging::Modality modality);

// A finding's score from the false calls that come with its weight: 1 for none, 0.5 for one on five boards, 0.17 for
// one a board. Scores of photographs and X-rays mean the same.
[[nodiscard]] double score_at(double false_calls_a_board);

}  // namespace boarddiff::compare
