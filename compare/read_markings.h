// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_good.h"
#include "compare/propose_findings.h"
#include "imaging/base/options.h"
#include "imaging/board_image.h"
#include "imaging/plane_map.h"

#include <string>
#include <vector>

namespace boarddiff::compare {

struct Comparison;

struct MarkingOptions {
  int max_places = 24;  // parts whose print is read, the best findings first; 0: neither print nor codes are read
};
[[nodiscard]] std::vector<imaging::OptionProblem> problems(const MarkingOptions& options);

struct ReadProposal {
  Proposal proposal = {};
  std::vector<std::string> notes = {};  // that print could not be read here, and why
};

// The proposal with what is printed on the parts that its findings lie on, read in both photographs at full resolution.
// The twelve best are read, and of the rest those that are a replaced component or a changed marking.
// Where the part number is another one, on a dark body, the finding is a replaced component and no longer advisory;
// where it is the same and what differs lies on date and lot codes, the finding is a changed marking and advisory.
// A number that one of several known-good boards has is no other one.
// `compared`: the sample with the first of them, whose dark bodies and components are the parts.
[[nodiscard]] ReadProposal with_markings(Proposal proposal, const KnownGood& known_good,
                                         const imaging::BoardImage& sample, const imaging::PlaneMap& plane,
                                         const Comparison& compared, const MarkingOptions& options = {});

}  // namespace boarddiff::compare
