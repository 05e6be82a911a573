// SPDX-License-Identifier: Apache-2.0
#include "compare/propose_findings.h"

#include "compare/evidence_region.h"
#include "compare/region_kind.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace boarddiff::compare {

namespace {

using imaging::Box;

// Twice as different as its surroundings is worth a look: score 0.5. Over rendered boards that were not tuned to,
// docs/accuracy.md says how many false findings this leaves.
constexpr double kStrengthOfHalf = 2.0;

// Lot and date codes differ between good boards: shown, below what sets the outcome.
constexpr double kAdvisory = 0.5;

// Lines and points without a body: dust, scratches, rims. Wires are lines too, hence no less.
constexpr double kWithoutBody = 0.65;

// Of the strength, for a body that the layouts of both pictures tell of as well.
constexpr double kSupport = 1.15;

double score_of(double strength) {
  const double score = strength / (strength + kStrengthOfHalf);
  return std::round(score * 1e4) / 1e4;
}

Box in_full_pixels(const Box& box_in_pair, double scale) {
  return {.x = box_in_pair.x / scale,
          .y = box_in_pair.y / scale,
          .width = box_in_pair.width / scale,
          .height = box_in_pair.height / scale};
}

struct Draft {
  EvidenceRegion region = {};
  RegionKind kind = {};
  double score = 0;
};

Draft drafted(const EvidenceRegion& region, const LayoutComparison& layouts, const imaging::NormalizedPair& pair) {
  Draft draft{.region = region, .kind = tell_kind(region, layouts, pair)};
  double strength = region.strength;
  if (draft.kind.supported_by_layout) {
    strength *= kSupport;
  }
  if (!draft.kind.has_body) {
    strength *= kWithoutBody;
  }
  if (draft.kind.advisory) {
    strength *= kAdvisory;
  }
  draft.score = score_of(strength);
  return draft;
}

// One body may have several peaks of evidence: the same kind with nearly the same boxes is said once.
bool says_the_same(const Draft& a, const Draft& b) {
  constexpr double kSameBox = 0.5;  // shared area over joint area
  const auto likeness = [](const Box& one, const Box& other) {
    const double shared = intersection(one, other).area();
    return shared / std::max(one.area() + other.area() - shared, 1e-9);
  };
  return a.kind.kind == b.kind.kind && likeness(a.kind.in_sample, b.kind.in_sample) > kSameBox &&
         likeness(a.kind.in_reference, b.kind.in_reference) > kSameBox;
}

// `drafts`: best first, and of those that say the same only the best is kept.
std::vector<Draft> without_repetitions(const std::vector<Draft>& drafts) {
  std::vector<Draft> kept;
  for (const Draft& draft : drafts) {
    if (std::none_of(kept.begin(), kept.end(), [&](const Draft& other) { return says_the_same(draft, other); })) {
      kept.push_back(draft);
    }
  }
  return kept;
}

Finding finished(const Draft& draft, const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane) {
  Finding finding;
  finding.kind = draft.kind.kind;
  finding.score = draft.score;
  finding.reference_box = in_full_pixels(draft.kind.in_reference, pair.scale);
  finding.sample_box = imaging::to_sample(plane, in_full_pixels(draft.kind.in_sample, pair.scale));
  finding.reason = draft.kind.reason;
  return finding;
}

}  // namespace

std::vector<imaging::OptionProblem> problems(const ProposalOptions& options) {
  return imaging::OptionRules()
      .within("--finding.min-score", options.min_score, 0, 1)
      .within("--finding.min-candidate", options.min_candidate, 0, 1)
      .within("--finding.max-candidates", options.max_candidates, 0, 10000)
      .problems();
}

Proposal propose_findings(const Evidence& evidence, const LayoutComparison& layouts,
                          const imaging::NormalizedPair& pair, const imaging::PlaneMap& plane,
                          const ProposalOptions& options, const imaging::Execution& execution) {
  constexpr int kMostRegions = 1000;  // examined; a person reads fewer
  execution.begin("proposing findings");
  const std::vector<EvidenceRegion> regions = find_regions(evidence, kMostRegions);
  std::vector<Draft> drafts;
  for (const EvidenceRegion& region : regions) {
    // What could not be reported even with the layouts' support is not looked at more closely.
    if (score_of(region.strength * kSupport) >= std::min(options.min_candidate, options.min_score)) {
      drafts.push_back(drafted(region, layouts, pair));
    }
  }
  std::sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return std::make_tuple(-a.score, a.region.box.y, a.region.box.x) <
           std::make_tuple(-b.score, b.region.box.y, b.region.box.x);
  });
  Proposal proposal{.cut_short = regions.size() == kMostRegions};
  for (const Draft& draft : without_repetitions(drafts)) {
    const bool shown = draft.score >= options.min_score && !draft.kind.advisory;
    std::vector<Finding>& list = shown ? proposal.findings : proposal.candidates;
    const bool wanted =
        draft.score >= options.min_candidate && static_cast<int>(proposal.candidates.size()) < options.max_candidates;
    if (shown || wanted) {
      list.push_back(finished(draft, pair, plane));
    }
  }
  int id = 0;
  for (std::vector<Finding>* list : {&proposal.findings, &proposal.candidates}) {
    for (Finding& finding : *list) {
      finding.id = ++id;
    }
  }
  return proposal;
}

}  // namespace boarddiff::compare
