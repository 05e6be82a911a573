// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "datasets/board_pair.h"
#include "datasets/evaluation/read_case.h"

#include <string>
#include <vector>

namespace boarddiff::datasets {

// Whether a finding hits a change (compare/hit_rule.h) where it is, or in one of the other places that it is seen in.
// Boxes are in sample pixels.
[[nodiscard]] bool hits(const imaging::Box& finding, const TrueChange& change);
[[nodiscard]] bool hits(const imaging::Box& finding, const CaseChange& change);

// Whether the point lies in the polygon: a line from it to the right crosses an odd number of edges.
[[nodiscard]] bool lies_in(const imaging::Polygon& polygon, const imaging::Point& point);

struct PairScore {
  bool compared = false;                     // the report did not refuse the pair
  std::vector<std::string> found = {};       // ids of changes that a finding hits
  std::vector<std::string> missed = {};      // ids of the others
  std::vector<std::string> candidates = {};  // of the missed: ids that a candidate hits
  int false_findings = 0;                    // findings that hit no change
  bool first_is_true = false;                // the best finding hits a change
};

[[nodiscard]] PairScore score_report(const std::vector<TrueChange>& truth, const compare::InspectionReport& report);

}  // namespace boarddiff::datasets
