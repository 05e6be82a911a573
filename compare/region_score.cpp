// SPDX-License-Identifier: Apache-2.0
#include "compare/region_score.h"

#include <algorithm>
#include <cmath>

namespace boarddiff::compare {

namespace {

// All printed by tests/acceptance/fit_weights.sh.
// Fitted to the false calls on boards that the weights were not fitted to.
constexpr CallRate kPhotoRate = {0.242, 1.171};
constexpr CallRate kPhotoPartsRate = {0.224, 1.231};
constexpr CallRate kXrayRate = {-0.221, 1.394};
// On 60 of its pairs that nothing happened to.
constexpr double kPlainBodiesABoard = 0.05;

const CallRate& rate_of(WeightSource source) {
  switch (source) {
    case WeightSource::photo_network:
      return kPhotoRate;
    case WeightSource::photo_parts_network:
      return kPhotoPartsRate;
    case WeightSource::xray_network:
      return kXrayRate;
  }
  return kPhotoRate;
}

}  // namespace

double false_calls_from(double weight, WeightSource source) {
  const CallRate& rate = rate_of(source);
  return std::exp(rate.offset - rate.slope * weight);
}

double false_plain_bodies() { return kPlainBodiesABoard; }

double score_at(double false_calls_a_board) {
  constexpr double kAtHalf = 0.2;
  return kAtHalf / (kAtHalf + false_calls_a_board);
}

}  // namespace boarddiff::compare
