// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/changed_body.h"
#include "compare/evidence_region.h"
#include "compare/layout_diff.h"
#include "imaging/normalized_pair.h"

#include <optional>

namespace boarddiff::compare {

// Of a region; what differs in a smaller share of it are lines or points.
inline constexpr double kLeastBodyShare = 0.12;

// What is seen at a region of evidence, before anything is concluded from it.
struct RegionView {
  ChangedBody body = {.share = 1};
  std::optional<LayoutChange> layout_change = {};  // how the layouts of both pictures differ here, if they do
  bool like_lettering = false;                     // edges in both pictures, of the same colour

  [[nodiscard]] bool says(LayoutChangeKind kind) const { return layout_change && layout_change->kind == kind; }
};

[[nodiscard]] RegionView view_of(const EvidenceRegion& region, const LayoutComparison& layouts,
                                 const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
