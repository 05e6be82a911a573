// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/detector_frames.h"
#include "compare/inspection.h"
#include "compare/known_good.h"
#include "compare/placement.h"
#include "imaging/base/execution.h"
#include "imaging/board_scale.h"
#include "imaging/flat_field.h"
#include "imaging/load.h"

#include <filesystem>

namespace boarddiff::cli {

// What samples are compared with, as files and flags name it.
struct KnownGoodFiles {
  std::filesystem::path reference = {};
  std::filesystem::path ignore = {};                  // regions of the reference that are not inspected; empty: none
  std::filesystem::path watch = {};                   // regions where a looser threshold holds; empty: none
  std::filesystem::path cad = {};                     // the board's design; empty: that of the reference file, or none
  compare::BoardSide side = compare::BoardSide::top;  // of the design, that the pictures show
  FrameFiles frames = {};                             // of the detector that took X-rays
  imaging::ScaleOptions scale = {};                   // of the reference
};

// All that inspections of samples need besides these.
struct PreparedKnownGood {
  compare::KnownGood known_good = {};
  compare::InspectionOptions options = {};  // those that were given, with the modality and regions of the files
  imaging::DetectorFrames frames = {};
};

// Reads the files. Throws Error as their readers do, and invalid_option where they do not go together.
[[nodiscard]] PreparedKnownGood prepare_known_good(const KnownGoodFiles& files, const imaging::LoadOptions& load,
                                                   const compare::InspectionOptions& given,
                                                   const imaging::Execution& execution);

}  // namespace boarddiff::cli
