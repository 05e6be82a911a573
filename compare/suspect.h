// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/evidence_region.h"
#include "compare/finding.h"
#include "compare/layout_diff.h"
#include "compare/region_kind.h"
#include "compare/region_view.h"
#include "imaging/normalized_pair.h"
#include "imaging/plane_map.h"

#include <Eigen/Core>

#include <vector>

namespace boarddiff::compare {

// A region of evidence with all that is known about it; whether it is worth a finding is decided elsewhere.
struct Suspect {
  EvidenceRegion region = {};  // of X-rays no more than its box
  RegionView view = {};
  RegionKind kind = {};
  Eigen::VectorXd signs = {};  // RegionSigns of photographs, XraySigns of X-rays; none of plain bodies
  double weight = 0;           // how much speaks for a change; 0 of plain bodies
  double score = 0;            // the same as the false calls that come with it, 0 to 1
};

// Regions beyond so many peaks of differences, and so many of steps of brightness, are not looked at: a person reads
// fewer.
inline constexpr int kMostSuspects = 200;

struct Suspects {
  std::vector<Suspect> list = {};  // best first; what says the same as a better one of the same kind is left out
  bool cut_short = false;          // there were more peaks
};
[[nodiscard]] Suspects find_suspects(const Evidence& evidence, const LayoutComparison& layouts,
                                     const imaging::NormalizedPair& pair, int most = kMostSuspects);

// In full pixels of both pictures; without a number.
[[nodiscard]] Finding finding_of(const Suspect& suspect, const imaging::NormalizedPair& pair,
                                 const imaging::PlaneMap& plane);

}  // namespace boarddiff::compare
