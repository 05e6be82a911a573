// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/inspection.h"
#include "imaging/features.h"
#include "imaging/lay_xray.h"

#include <vector>

namespace boarddiff::compare {

// Pictures of one modality: known-good boards and the board in question.
struct BoardPictures {
  KnownGood known_good = {};
  imaging::BoardImage sample = {};
};

struct JointOptions {
  InspectionOptions inspection = {};  // of both; its regions are those of the photograph, its modality is not used
  MarkedRegions xray_regions = {};    // of the X-ray of the reference, besides
  std::vector<imaging::PointPair> xray_places = {};  // in the photograph and the X-ray; none: they are laid by sight
};

// Photographs and X-rays of the same two boards as one report, in the frame of the reference's photograph.
struct JointReport {
  InspectionReport report = {};    // of the photographs; findings, outcome, reason and notes are those of both
  InspectionReport xrays = {};     // of the X-rays alone, in their own frame; unfilled where they were not compared
  imaging::XrayOnPhoto laid = {};  // the X-ray of the reference on its photograph
};

// Inspects either pair and lists what they show together: a place that both show is one finding, with the better score.
// Not comparable where the X-ray cannot be laid on the photograph, where the photographs cannot be compared, and where
// the X-rays cannot and the photographs show nothing. Where the photograph has a scale the X-ray gets it.
[[nodiscard]] JointReport inspect_both(const BoardPictures& photographs, const BoardPictures& xrays,
                                       const JointOptions& options = {}, const imaging::Execution& execution = {});

}  // namespace boarddiff::compare
