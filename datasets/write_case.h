// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"
#include "imaging/base/output_file.h"

#include <filesystem>

namespace boarddiff::datasets {

// Writes reference.png, sample.png and case.json into a folder that exists. case.json: {reference, sample, modality,
// px_per_mm_reference, expect ("alignable" | "not-the-same-board"), changes [{id, kind, box [x, y, w, h] in sample
// pixels, also [boxes], size_mm [w, h]}], points [[x, y in the reference, x, y in the sample]]}.
// Throws imaging::Error as imaging::write_file does.
void write_case(const BoardPair& pair, const std::filesystem::path& folder, imaging::Replace replace);

}  // namespace boarddiff::datasets
