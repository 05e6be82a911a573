// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"

#include "compare/region_score.h"
#include "compare/suspect.h"

#include <algorithm>
#include <utility>

namespace boarddiff::compare {

std::vector<imaging::OptionProblem> problems(const ProposalOptions& options) {
  return imaging::OptionRules()
      .within("--false-calls-per-board", options.false_calls_per_board, 0.001, 1000)
      .within("--watch.false-calls-per-board", options.watch_false_calls_per_board, 0.001, 1000)
      .within("--finding.candidates-per-board", options.candidates_per_board, 0.001, 1000)
      .within("--finding.max-candidates", options.max_candidates, 0, 10000)
      .problems();
}

Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                          const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                          const std::vector<MarkedRegion>& watched, const ProposalOptions& options) {
  const double threshold = score_at(options.false_calls_per_board);
  const double watch_threshold = std::min(threshold, score_at(options.watch_false_calls_per_board));
  const double candidate_threshold = score_at(options.candidates_per_board);
  Proposal proposal;
  const Suspects suspects = find_suspects(evidence, layouts, pair);
  std::size_t worth_reporting = 0;
  for (const Suspect& suspect : suspects.list) {
    const MarkedRegion* region = region_around(suspect.kind.in_reference, watched, pair.size(), pair.scale);
    const double threshold_here = region == nullptr ? threshold : watch_threshold;
    if (suspect.score < std::min(threshold_here, candidate_threshold)) {
      continue;
    }
    Finding finding = finding_of(suspect, pair, plane);
    if (region != nullptr) {
      finding.watch = region->why.empty() ? "watched region" : region->why;
    }
    finding.above_threshold = suspect.score >= threshold_here;
    finding.advisory = suspect.kind.advisory;
    if (finding.above_threshold && !finding.advisory) {
      proposal.findings.push_back(std::move(finding));
    } else if (static_cast<int>(proposal.candidates.size()) < options.max_candidates) {
      proposal.candidates.push_back(std::move(finding));
    }
    ++worth_reporting;
  }
  // Where most of what was examined is worth reporting, so may be what was not.
  proposal.cut_short = suspects.cut_short && 2 * worth_reporting > suspects.list.size();
  int id = 0;
  for (std::vector<Finding>* list : {&proposal.findings, &proposal.candidates}) {
    for (Finding& finding : *list) {
      finding.id = ++id;
    }
  }
  return proposal;
}

}  // namespace boarddiff::compare
