// SPDX-License-Identifier: Apache-2.0
#include "tests/datasets/evaluation_set.h"

namespace boarddiff::test {

using datasets::CaseChange;
using datasets::CaseFinding;
using datasets::CaseResult;

CaseResult quiet_case(const std::string& name) {
  CaseResult result;
  result.name = name;
  result.board = name;
  result.status = datasets::kStatusNothingFound;
  return result;
}

CaseChange change_of(const std::string& id, const std::string& kind, const std::vector<double>& size_mm) {
  CaseChange change;
  change.id = id;
  change.kind = kind;
  change.box = {10, 10, 20, 20};
  change.size_mm = size_mm;
  return change;
}

CaseFinding finding_of(double score, const std::string& kind, const std::vector<std::string>& hits, bool shown) {
  return {.score = score, .box = {10, 10, 20, 20}, .kind = kind, .hits = hits, .shown = shown};
}

std::vector<CaseResult> evaluation_set() {
  std::vector<CaseResult> cases;
  for (const auto* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    cases.push_back(quiet_case(name));
    cases.back().seconds = static_cast<double>(cases.size());
    cases.back().peak_memory_mb = 100 * static_cast<double>(cases.size());
  }
  CaseResult& changed = cases[0];
  changed.style = "server";
  changed.status = datasets::kStatusNeedsReview;
  changed.changes = {change_of("c1", "extra_component", {1.6, 0.8}), change_of("c2", "moved_component", {4, 5, 1})};
  changed.findings = {finding_of(0.9, "extra_component", {"c1"}), finding_of(0.8, "changed_surface", {}),
                      finding_of(0.6, "extra_component", {"c2"}), finding_of(0.3, "extra_component", {}, false)};
  changed.point_errors_px = {2, 1, 4, 3};

  CaseResult& not_exhaustive = cases[1];
  not_exhaustive.status = datasets::kStatusNeedsReview;
  not_exhaustive.exhaustive = false;
  not_exhaustive.changes = {change_of("c3", "extra_component", {})};
  not_exhaustive.findings = {finding_of(0.7, "extra_wire", {}), finding_of(0.5, "extra_component", {"c3"}, false)};

  cases[2].findings = {finding_of(0.4, "changed_marking", {}, false)};
  cases[3].status = datasets::kStatusNeedsReview;
  cases[3].findings = {finding_of(0.85, "missing_component", {})};

  cases[4].status = datasets::kStatusNotComparable;
  cases[4].changes = {change_of("c4", "missing_component", {8, 8})};

  cases[5].same_board = false;
  cases[5].status = datasets::kStatusNotComparable;
  cases[6].same_board = false;
  cases[6].status = datasets::kStatusNeedsReview;
  cases[6].findings = {finding_of(0.95, "extra_component", {})};

  cases[7].status = 2;
  cases[7].trouble = "exit 2: no picture";
  cases[7].changes = {change_of("c5", "extra_component", {1, 0.5})};
  return cases;
}

}  // namespace boarddiff::test
