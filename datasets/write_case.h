// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "datasets/board_pair.h"
#include "imaging/base/output_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace boarddiff::datasets {

// The truth of a pair, pictures named as in `files`, numbers with three decimals:
// {reference, references [names; only if there are several], sample, modality, px_per_mm_reference,
//  expect ("alignable" | "not-the-same-board"), exhaustive, board, style, severity, seed,
//  changes [{id, kind, box [x, y, w, h] in sample pixels, also [boxes], size_mm [w, h], background,
//            sample_polygon [[x, y]], reference_polygon, board_polygon_mm}],
//  points [[x, y in the reference, x, y in the sample]],
//  components [{designator, package, populated, centre_mm, angle_deg, size_mm, reference_polygon, sample_polygon}]}
[[nodiscard]] std::string case_json(const BoardPair& pair);

// Names of the files that write_case writes for so many known-good units.
[[nodiscard]] std::vector<std::string> case_files(imaging::Modality modality, int specimens);

// Writes the pictures into a folder that exists, and then case.json: where that stands, all of them are complete.
// Throws imaging::Error as imaging::write_file does.
void write_case(const BoardPair& pair, const std::filesystem::path& folder, imaging::Replace replace);

}  // namespace boarddiff::datasets
