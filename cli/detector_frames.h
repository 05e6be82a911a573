// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_good.h"
#include "imaging/flat_field.h"
#include "imaging/load.h"

#include <filesystem>

namespace boarddiff::cli {

// Files of what a detector shows without a beam, and without a board. Empty: none.
struct FrameFiles {
  std::filesystem::path dark = {};
  std::filesystem::path flat = {};
};

// Throws Error as the loader does, and invalid_option where there are frames and the pictures are photographs.
[[nodiscard]] imaging::DetectorFrames load_frames(const FrameFiles& files, imaging::Modality modality,
                                                  const imaging::LoadOptions& options);

// The known-good boards corrected; those of a reference file stay as they were enrolled.
[[nodiscard]] compare::KnownGood corrected(compare::KnownGood known_good, const imaging::DetectorFrames& frames);

// A sample that is compared with them, likewise; a note says where they were not corrected.
[[nodiscard]] imaging::BoardImage corrected(imaging::BoardImage sample, const imaging::DetectorFrames& frames,
                                            const compare::KnownGood& known_good);

}  // namespace boarddiff::cli
