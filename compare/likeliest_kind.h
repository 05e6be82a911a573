// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "compare/kind_signs.h"

#include <array>

namespace boarddiff::compare {

// The kinds that signs tell apart. Markings are none of them: whether a change is only advisory is decided by a rule
// and not by a likelihood.
inline constexpr std::array kTellableKinds = {
    FindingKind::extra_component, FindingKind::missing_component, FindingKind::replaced_component,
    FindingKind::moved_component, FindingKind::extra_wire,        FindingKind::changed_trace,
    FindingKind::changed_surface,
};
inline constexpr std::size_t kKinds = kTellableKinds.size();

struct KindSignWeights {
  double mean = 0;                          // of the sign, over the regions that the weights were fitted to
  double deviation = 1;                     // its standard deviation there
  std::array<double, kKinds> weights = {};  // of one deviation from the mean, for each kind
};

struct KindWeights {
  std::array<double, kKinds> bias = {};
  std::array<KindSignWeights, kKindSigns> signs = {};
};

// Each sign as deviations from its mean, as far as the weights were fitted.
[[nodiscard]] KindSigns in_deviations(const KindSigns& signs, const KindWeights& weights);

// The kind that the signs make most likely, by multinomial logistic regression; the first of equals.
[[nodiscard]] FindingKind likeliest_kind(const KindSigns& signs, const KindWeights& weights);
[[nodiscard]] FindingKind likeliest_kind(const KindSigns& signs);

}  // namespace boarddiff::compare
