// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"

#include "compare/region_score.h"
#include "compare/shared_change.h"
#include "compare/suspect.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
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

namespace {

// One finding for all places of each shared change, as its best suspect; nothing for the other suspects among them.
std::vector<std::optional<Finding>> findings_of(const std::vector<Suspect>& suspects,
                                                const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane) {
  std::vector<std::optional<Finding>> findings;
  findings.reserve(suspects.size());
  for (const Suspect& suspect : suspects) findings.emplace_back(finding_of(suspect, pair, plane));
  for (const SharedChange& change : find_shared_changes(suspects, pair)) {
    Finding& best = *findings[change.front()];
    best.kind = FindingKind::replaced_component;
    best.advisory = true;
    best.reason = std::to_string(change.size()) +
                  " places changed their colour in the same way and are alike otherwise, as parts from another reel or "
                  "maker are.";
    for (auto other = change.begin() + 1; other != change.end(); ++other) {
      best.also_at.push_back(
          {.in_sample = findings[*other]->sample_box, .in_reference = findings[*other]->reference_box});
      findings[*other].reset();
    }
  }
  return findings;
}

}  // namespace

Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                          const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                          const std::vector<MarkedRegion>& watched, const ProposalOptions& options) {
  const double threshold = score_at(options.false_calls_per_board);
  const double watch_threshold = std::min(threshold, score_at(options.watch_false_calls_per_board));
  const double candidate_threshold = score_at(options.candidates_per_board);
  Proposal proposal;
  const Suspects suspects = find_suspects(evidence, layouts, pair);
  std::vector<std::optional<Finding>> findings = findings_of(suspects.list, pair, plane);
  std::size_t worth_reporting = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!findings[i]) {
      continue;
    }
    Finding& finding = *findings[i];
    const Suspect& suspect = suspects.list[i];
    const MarkedRegion* region = region_around(suspect.kind.in_reference, watched, pair.size(), pair.scale);
    const double threshold_here = region == nullptr ? threshold : watch_threshold;
    if (suspect.score < std::min(threshold_here, candidate_threshold)) {
      continue;
    }
    finding.watch = watched_for(region);
    finding.above_threshold = suspect.score >= threshold_here;
    if (finding.above_threshold && !finding.advisory) {
      proposal.findings.push_back(std::move(finding));
    } else if (finding.above_threshold || static_cast<int>(proposal.candidates.size()) < options.max_candidates) {
      // What is above the threshold may become a finding when its print is read.
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
