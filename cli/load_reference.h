// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/known_good.h"
#include "compare/marked_region.h"
#include "compare/reference_file.h"
#include "imaging/board_scale.h"
#include "imaging/load.h"

#include <filesystem>
#include <optional>

namespace boarddiff::cli {

// What REFERENCE names: a picture, or a file of `boarddiff enroll`, told by its first bytes.
struct LoadedReference {
  imaging::Modality modality = imaging::Modality::photo;  // as enrolled; of a picture as given
  compare::KnownGood known_good = {};                     // with the scale of the first
  compare::MarkedRegions regions = {};                    // as enrolled, on the first
  std::optional<compare::EnrolledDesign> design = {};     // as enrolled
};

// Which boards of a reference file are decoded.
enum class ReferenceBoards { all, first };

// The scale is what the options say, else what was measured when the boards were enrolled, else what the first
// picture's file states. Throws Error as the readers do, and invalid_option for X-rays that are asked of photographs.
[[nodiscard]] LoadedReference load_reference(const std::filesystem::path& path, imaging::Modality given,
                                             const imaging::ScaleOptions& scale, const imaging::LoadOptions& options,
                                             ReferenceBoards wanted);

}  // namespace boarddiff::cli
