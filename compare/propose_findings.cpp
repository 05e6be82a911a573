// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"

#include "compare/region_score.h"
#include "compare/suspect.h"

#include <algorithm>

namespace boarddiff::compare {

std::vector<imaging::OptionProblem> problems(const ProposalOptions& options) {
  return imaging::OptionRules()
      .within("--false-calls-per-board", options.false_calls_per_board, 0.001, 1000)
      .within("--finding.candidates-per-board", options.candidates_per_board, 0.001, 1000)
      .within("--finding.max-candidates", options.max_candidates, 0, 10000)
      .problems();
}

Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                          const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                          const ProposalOptions& options, const imaging::Execution& execution) {
  execution.begin("proposing findings");
  const double threshold = score_at(options.false_calls_per_board);
  const double least = std::min(threshold, score_at(options.candidates_per_board));
  Proposal proposal;
  const Suspects suspects = find_suspects(evidence, layouts, pair);
  std::size_t worth_reporting = 0;
  for (const Suspect& suspect : suspects.list) {
    if (suspect.score < least) {
      break;
    }
    const bool shown = suspect.score >= threshold && !suspect.kind.advisory;
    if (shown) {
      proposal.findings.push_back(finding_of(suspect, pair, plane));
    } else if (static_cast<int>(proposal.candidates.size()) < options.max_candidates) {
      proposal.candidates.push_back(finding_of(suspect, pair, plane));
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
