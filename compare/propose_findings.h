// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/finding.h"
#include "compare/layout_diff.h"
#include "compare/marked_region.h"
#include "imaging/base/options.h"
#include "imaging/plane_map.h"

#include <vector>

namespace boarddiff::compare {

struct ProposalOptions {
  // The threshold: as many false calls as boards like those of docs/accuracy.md make on average. What is more certain
  // is a finding and sets the outcome; the rest are candidates.
  double false_calls_per_board = 0.2;
  // The threshold in watched regions, as if all of the board were one; where it is the stricter of both, the one above
  // holds there too.
  double watch_false_calls_per_board = 2;
  double candidates_per_board = 5;  // what comes with more false calls than these is not reported
  int max_candidates = 20;          // the weakest beyond it are left out
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const ProposalOptions& options);

struct Proposal {
  std::vector<Finding> findings = {};    // at or above the threshold, best first
  std::vector<Finding> candidates = {};  // below it or only advisory, best first
  bool cut_short = false;                // more places differ than were examined: the weakest peaks were not
};

// Regions of evidence, each with a kind, a score, its boxes in both pictures and a sentence. `watched`: regions of the
// reference in which the threshold is looser.
[[nodiscard]] Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                                        const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                                        const std::vector<MarkedRegion>& watched, const ProposalOptions& options = {});

}  // namespace boarddiff::compare
