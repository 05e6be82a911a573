// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/evidence.h"
#include "compare/finding.h"
#include "compare/layout_diff.h"
#include "imaging/base/options.h"
#include "imaging/plane_map.h"

#include <vector>

namespace boarddiff::compare {

struct ProposalOptions {
  double min_score = 0.5;       // findings at or above it set the outcome; the rest are candidates
  double min_candidate = 0.35;  // what scores less is not reported
  int max_candidates = 20;      // the weakest beyond it are left out
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const ProposalOptions& options);

struct Proposal {
  std::vector<Finding> findings = {};    // at or above min_score, best first
  std::vector<Finding> candidates = {};  // below it or only advisory, best first
  bool cut_short = false;                // more places differ than were examined: the weakest peaks were not
};

// Regions of evidence, each with a kind, a score, its boxes in both pictures and a sentence.
[[nodiscard]] Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                                        const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                                        const ProposalOptions& options = {}, const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
