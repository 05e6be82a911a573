// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/finding.h"
#include "imaging/plane_map.h"

#include <vector>

namespace boarddiff::compare {

// Findings and candidates, each best first.
struct SortedFindings {
  std::vector<Finding> findings = {};
  std::vector<Finding> candidates = {};
};

// How the frames of photographs and X-rays lie on each other.
struct JointFrames {
  imaging::PlaneMap xray_from_photo = {};    // "reference" is the reference's photograph, "sample" its X-ray
  imaging::PlaneMap sample_from_photo = {};  // the sample's photograph from the reference's
};

// What photographs show with what X-rays show, numbered anew. An X-ray's finding whose middle lies in the box of one of
// the photographs belongs to it; in the box of a wire or trace, which is mostly other ground, only another piece of
// such. Of an added and a missing part the X-rays decide: they show whether there is more or less to absorb. Either
// makes a finding of the other's candidate.
[[nodiscard]] SortedFindings joined_findings(const SortedFindings& photographs, const SortedFindings& xrays,
                                             const JointFrames& frames);

}  // namespace boarddiff::compare
