// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/changed_body.h"
#include "compare/evidence_region.h"
#include "compare/finding.h"
#include "compare/kind_signs.h"
#include "compare/layout_diff.h"
#include "imaging/normalized_pair.h"

#include <optional>
#include <string>
#include <vector>

namespace boarddiff::compare {

// Of a region; what differs in a smaller share of it are lines or points.
inline constexpr double kLeastBodyShare = 0.12;

// What a region of evidence most likely is, and how that is said to the reviewer.
struct RegionKind {
  FindingKind kind = FindingKind::changed_surface;
  imaging::Box in_reference = {};  // pixels of the normalised pair; differs from in_sample for what moved
  imaging::Box in_sample = {};
  ChangedBody body = {.share = 1};
  std::optional<LayoutChangeKind> layout_change = {};  // how the layouts of both pictures differ here, if they do
  KindSigns signs = KindSigns::Zero();                 // of photographs
  bool like_lettering = false;                         // edges in both pictures, of the same colour
  bool advisory = false;                               // good boards differ like this too
  std::string reason = {};                             // one sentence
};

[[nodiscard]] RegionKind tell_kind(const EvidenceRegion& region, const LayoutComparison& layouts,
                                   const imaging::NormalizedPair& pair);

}  // namespace boarddiff::compare
