// SPDX-License-Identifier: Apache-2.0
#include "datasets/evaluation/score.h"

#include "compare/hit_rule.h"

#include <algorithm>

namespace boarddiff::datasets {
namespace {

using imaging::Box;

bool hits_one(const Box& finding, const std::vector<Box>& places) {
  return std::any_of(places.begin(), places.end(), [&](const Box& place) { return compare::hits(finding, place); });
}

bool any_hits(const std::vector<compare::Finding>& findings, const TrueChange& change) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const compare::Finding& finding) { return hits(finding.sample_box, change); });
}

bool hits_any(const compare::Finding& finding, const std::vector<TrueChange>& truth) {
  return std::any_of(truth.begin(), truth.end(),
                     [&](const TrueChange& change) { return hits(finding.sample_box, change); });
}

}  // namespace

bool hits(const Box& finding, const TrueChange& change) {
  return compare::hits(finding, change.sample_box) || hits_one(finding, change.also_in_sample);
}

bool hits(const Box& finding, const CaseChange& change) {
  return compare::hits(finding, change.box) || hits_one(finding, change.also);
}

bool lies_in(const imaging::Polygon& polygon, const imaging::Point& point) {
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const imaging::Point& a = polygon[i];
    const imaging::Point& b = polygon[(i + 1) % polygon.size()];
    if ((a.y() > point.y()) != (b.y() > point.y()) &&
        point.x() < (b.x() - a.x()) * (point.y() - a.y()) / (b.y() - a.y()) + a.x()) {
      inside = !inside;
    }
  }
  return inside;
}

PairScore score_report(const std::vector<TrueChange>& truth, const compare::InspectionReport& report) {
  PairScore score;
  score.compared = report.outcome != compare::Outcome::not_comparable;
  for (const TrueChange& change : truth) {
    if (any_hits(report.findings, change)) {
      score.found.push_back(change.id);
      continue;
    }
    score.missed.push_back(change.id);
    if (any_hits(report.candidates, change)) score.candidates.push_back(change.id);
  }
  for (const compare::Finding& finding : report.findings) {
    if (!hits_any(finding, truth)) ++score.false_findings;
  }
  score.first_is_true = !report.findings.empty() && hits_any(report.findings.front(), truth);
  return score;
}

}  // namespace boarddiff::datasets
